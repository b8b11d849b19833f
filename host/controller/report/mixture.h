#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/controller/report/study.h"

namespace pebench::report {

/// Something that can change numbers and that is not the same for all trials of a table.
struct Mixture {
  std::string what;                   ///< "commits", "versions of LibTorch"
  std::map<std::string, int> groups;  ///< value -> good trials of the tables where there are several
};

/// Numeric contracts, commits, LibTorch, instruction sets, BLAS, devices and frozen lists of candidates that
/// stand side by side in one table.
std::vector<Mixture> mixtures_of(const Study& study);

/// "trials of different versions of LibTorch stand in one table: 12 of 1.13.1, 3 of 2.1.0"
std::string text_of(const Mixture& mixture);
nlohmann::json json_of(const Mixture& mixture);

}  // namespace pebench::report
