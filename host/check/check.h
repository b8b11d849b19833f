#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "host/check/catalogue.h"

namespace pebench::check {

/// What a check saw.
struct Finding {
  Outcome outcome = Outcome::pass;
  std::string text;  ///< one sentence: what was seen and where, in numbers; empty for a plain pass
};

/// What is checked. A check loads the library itself, into a process of its own, with the host it wants.
struct Subject {
  std::filesystem::path library;
  std::string encoder;     ///< id; empty in checks about the library
  nlohmann::json options;  ///< of the encoder, all of them, canonical
  nlohmann::json files;    ///< {key: path} of the file options that are set
  std::uint64_t seed = 0;
};

using Function = Finding (*)(const Subject&);

/// The code of one row of the catalogue.
struct Check {
  std::string_view id;
  Function run;
};

/// One file per group, in the order of the catalogue's rows.
std::vector<Check> library_checks();
std::vector<Check> life_checks();
std::vector<Check> numbers_checks();
std::vector<Check> meaning_checks();

}  // namespace pebench::check
