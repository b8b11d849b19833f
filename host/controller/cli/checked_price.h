#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/controller/check/report.h"

namespace pebench::cli {

/// What a checked encoder costs in one backbone, beside the same model without any encoding.
struct CheckedPrice {
  std::string encoder;
  std::string backbone;
  nlohmann::json
      json;  ///< {"encoder", "backbone", "step": {"milliseconds", "ratio", "interval", "pace"}, ...}
  std::string sentence;  ///< the same in words, or why it could not be measured
};

/// Of every encoder of a report, on generated data, by `program` (pebench-trial); some seconds for each.
std::vector<CheckedPrice> checked_prices(const check::Report& report, const std::filesystem::path& program);

}  // namespace pebench::cli
