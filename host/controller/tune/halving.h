#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "host/controller/suite/suite.h"

namespace pebench::tune {

/// Successive halving (arXiv 1502.07943): many configurations for a few epochs, the best of them for more.
struct Round {
  std::int64_t configurations;  ///< of each encoding
  std::int64_t epochs;          ///< that each is trained for, from the start
};

/// The same for every encoding. At least one configuration goes on. Throws base::InputError where the last
/// round has more epochs than a suite may have.
std::vector<Round> rounds_of(const suite::Tuning& tuning);

/// Epochs that an encoding may take in all rounds, over all seeds.
std::int64_t epochs_of(const std::vector<Round>& rounds, std::int64_t seeds);

/// Indices of the `count` best values, the best first; of equal ones the earlier. NaN, of a configuration
/// that failed, is behind all others.
std::vector<std::size_t> best_of(const std::vector<double>& values, std::size_t count);

}  // namespace pebench::tune
