#pragma once

#include <optional>
#include <vector>

namespace pebench::stats {

/// Kendall's tau-b (1945) of two numbers of the same things: pairs of things that both order alike, less
/// those that they order otherwise, over the geometric mean of the pairs that either orders at all. Between
/// -1 and 1; numbers that differ by rounding alone are in no order. Nothing where one of the two orders no
/// pair.
std::optional<double> kendall_tau(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace pebench::stats
