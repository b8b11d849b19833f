#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "host/base/random.h"

namespace pebench::data {

/// How long generated histories are: from `shortest` to `longest` events, all lengths alike, or geometric
/// between the two with the wanted mean, which lies between them.
class LengthDistribution {
 public:
  LengthDistribution(std::int64_t shortest, std::int64_t longest, std::optional<double> mean);

  std::int64_t draw(base::Stream& stream) const;

 private:
  std::int64_t shortest_, longest_;
  std::vector<double> cumulative_;  ///< [length - shortest], ends at 1; empty where all are alike
};

}  // namespace pebench::data
