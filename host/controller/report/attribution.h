#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/report/study.h"
#include "host/controller/stats/deviation_ratio.h"
#include "host/controller/stats/seed_policy.h"
#include "host/controller/stats/verdict.h"

namespace pebench::report {

/// The label that the suite's [[variant]]s put into the sweep.
constexpr const char* variant_label = "variant";

/// One encoding's primary metric under one variant.
struct AttributionCell {
  std::size_t seeds = 0;  ///< with a value, failed trials at chance
  std::optional<double> mean;
  std::optional<double> deviation;             ///< SD
  std::optional<stats::DeviationRatio> ratio;  ///< to it under the reference
  double adjusted_p = 1;                       ///< of the ratio, by Holm over all variants and encodings
  stats::Strength strength = stats::Strength::none;  ///< that the seeds in common with the reference give
  stats::Stability stability = stats::Stability::undecided;  ///< against the reference
};

/// How much of each encoding's deviation comes with each variant of the settings, on one data set: variants
/// are compared with the first one, encoding by encoding, on the same seeds.
struct Attribution {
  std::string dataset;
  nlohmann::json sweep;                             ///< swept settings besides the variant
  std::vector<std::string> variants;                ///< the reference first
  std::vector<std::string> encodings;               ///< of the reference
  std::vector<std::optional<double>> chance;        ///< [variant]
  std::vector<std::vector<AttributionCell>> cells;  ///< [variant][encoding]
};

/// One for each data set and point of the sweep that has two variants or more.
std::vector<Attribution> attribute(const Study& study);

}  // namespace pebench::report
