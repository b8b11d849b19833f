#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace pebench {

/// How often an order of encodings is said to carry over, or to turn, between two settings of normal seeds
/// with SD 1, whose means are known.
struct OrderCell {
  std::string settings;
  std::size_t seeds = 0;
  bool have_order = false;  ///< both settings
  double carries_over = 0, turns = 0;
};

/// A cell for each pair of settings and number of seeds; shares of the repetitions.
std::vector<OrderCell> measured_orders(const std::vector<std::size_t>& seeds, int repetitions);

}  // namespace pebench
