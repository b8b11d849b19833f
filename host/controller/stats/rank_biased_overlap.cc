#include "host/controller/stats/rank_biased_overlap.h"

#include <algorithm>
#include <cmath>

namespace pebench::stats {
namespace {

bool among_first(const RankedList& list, std::size_t count, std::uint32_t item) {
  const auto end = list.begin() + static_cast<std::ptrdiff_t>(count);
  return std::find(list.begin(), end, item) != end;
}

}  // namespace

double rank_biased_overlap(const RankedList& first, const RankedList& second, double persistence) {
  const std::size_t length = std::min(first.size(), second.size());
  if (length == 0) return first.size() == second.size() ? 1 : 0;
  double common = 0, sum = 0, weight = 1;
  for (std::size_t depth = 1; depth <= length; ++depth) {
    common += among_first(second, depth, first[depth - 1]);
    common += among_first(first, depth - 1, second[depth - 1]);
    weight *= persistence;
    sum += common / static_cast<double>(depth) * weight;
  }
  return common / static_cast<double>(length) * weight + (1 - persistence) / persistence * sum;
}

// Of d places drawn from N items, d * d / N are common on average.
double rank_biased_overlap_by_chance(std::size_t pool, std::size_t length, double persistence) {
  length = std::min(length, pool);
  if (length == 0) return 1;
  double sum = 0, weight = 1;
  for (std::size_t depth = 1; depth <= length; ++depth) {
    weight *= persistence;
    sum += static_cast<double>(depth) / static_cast<double>(pool) * weight;
  }
  return static_cast<double>(length) / static_cast<double>(pool) * weight +
         (1 - persistence) / persistence * sum;
}

double overlap_by_chance(std::size_t pool, std::size_t depth) {
  return pool <= depth ? 1 : static_cast<double>(depth) / static_cast<double>(pool);
}

double overlap(const RankedList& first, const RankedList& second, std::size_t depth) {
  const std::size_t a = std::min(depth, first.size()), b = std::min(depth, second.size());
  const std::size_t longer = std::max(a, b);
  if (longer == 0) return 1;
  std::size_t common = 0;
  for (std::size_t i = 0; i < a; ++i) common += among_first(second, b, first[i]);
  return static_cast<double>(common) / static_cast<double>(longer);
}

}  // namespace pebench::stats
