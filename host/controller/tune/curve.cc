#include "host/controller/tune/curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace pebench::tune {

std::vector<stats::ExpectedBest> expected_curve(const Search& search, std::size_t encoding) {
  std::vector<double> values;
  for (const Tried& one : search.tried[encoding].front())
    values.push_back(std::isnan(one.value) ? 0.0 : one.value);
  std::vector<stats::ExpectedBest> curve;
  for (std::size_t n = 1; n <= values.size(); ++n) curve.push_back(stats::expected_best(values, n));
  return curve;
}

std::vector<double> best_after_rounds(const Search& search, std::size_t encoding) {
  std::vector<double> best;
  for (const auto& round : search.tried[encoding]) {
    best.push_back(std::numeric_limits<double>::quiet_NaN());
    for (const Tried& one : round) best.back() = std::fmax(best.back(), one.value);
  }
  return best;
}

std::vector<Turn> turns(const std::vector<std::vector<double>>& values) {
  std::vector<Turn> found;
  for (std::size_t a = 0; a < values.size(); ++a)
    for (std::size_t b = a + 1; b < values.size(); ++b) {
      std::optional<bool> a_leads;
      for (std::size_t at = 0; at < values[a].size(); ++at) {
        const double difference = values[a][at] - values[b][at];
        if (std::isnan(difference) || difference == 0) continue;
        const bool now = difference > 0;
        if (a_leads && *a_leads != now) found.push_back({now ? b : a, now ? a : b, at});
        a_leads = now;
      }
    }
  return found;
}

}  // namespace pebench::tune
