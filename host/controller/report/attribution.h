#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/report/study.h"
#include "host/controller/stats/max_t.h"

namespace pebench::report {

/// The label that the suite's [[variant]]s put into the sweep.
constexpr const char* variant_label = "variant";

/// One encoding's primary metric under one variant, over all trials with a result: without signal in the data
/// none beats chance, and leaving those out would cut the deviation that is asked for.
struct AttributionCell {
  std::size_t seeds = 0;
  std::optional<double> mean;
  std::optional<double> deviation;  ///< SD
  std::optional<double> ratio;      ///< to its SD under the reference
  stats::TestResult test;           ///< of that ratio, adjusted over all variants and encodings by Holm
};

/// How much of each encoding's deviation comes with each variant of the settings, on one data set: variants
/// are compared with the first one, encoding by encoding, on the same seeds.
struct Attribution {
  std::string dataset;
  nlohmann::json sweep;               ///< swept settings besides the variant
  std::vector<std::string> variants;  ///< the reference first
  std::vector<std::string> encodings;
  std::vector<double> chance;                       ///< [variant]
  std::vector<std::vector<AttributionCell>> cells;  ///< [variant][encoding]
};

/// One for each data set and point of the sweep that has two variants or more.
std::vector<Attribution> attribute(const Study& study);

}  // namespace pebench::report
