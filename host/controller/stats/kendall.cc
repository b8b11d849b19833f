#include "host/controller/stats/kendall.h"

#include <cassert>
#include <cmath>
#include <cstddef>

#include "host/controller/stats/rounding.h"

namespace pebench::stats {
namespace {

int order_of(double first, double second) {
  if (tied(first, second)) return 0;
  return first > second ? 1 : -1;
}

}  // namespace

std::optional<double> kendall_tau(const std::vector<double>& a, const std::vector<double>& b) {
  assert(a.size() == b.size());
  double alike = 0, ordered_by_a = 0, ordered_by_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = i + 1; j < a.size(); ++j) {
      const int in_a = order_of(a[i], a[j]), in_b = order_of(b[i], b[j]);
      alike += in_a * in_b;
      ordered_by_a += in_a != 0;
      ordered_by_b += in_b != 0;
    }
  if (ordered_by_a == 0 || ordered_by_b == 0) return std::nullopt;
  return alike / std::sqrt(ordered_by_a * ordered_by_b);
}

}  // namespace pebench::stats
