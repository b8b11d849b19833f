#include "host/controller/stats/ranks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/controller/stats/rounding.h"

namespace pebench::stats {

std::vector<double> ascending_ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  double scale = 0;
  for (const double value : values) scale = std::max(scale, std::abs(value));
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && tied(values[order[end]], values[order[begin]], scale)) ++end;
    const double shared = static_cast<double>(begin + 1 + end) / 2;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = shared;
  }
  return ranks;
}

}  // namespace pebench::stats
