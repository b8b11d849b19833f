#include "host/controller/stats/power.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "host/controller/stats/interval.h"
#include "host/controller/stats/sign_flip.h"

namespace pebench::stats {
namespace {

constexpr double power = 0.8;
constexpr double most_seeds = 10'000;

}  // namespace

std::optional<std::size_t> seeds_for_power(double p, std::size_t seeds, double alpha) {
  const double wanted = normal_two_sided(1 - alpha) + boost::math::quantile(boost::math::normal(), power);
  const double observed =
      boost::math::quantile(boost::math::complement(boost::math::normal(), std::max(p, 1e-300) / 2));
  const double needed = std::ceil(static_cast<double>(seeds) * std::pow(wanted / observed, 2));
  if (!(needed <= most_seeds)) return std::nullopt;
  auto enough = static_cast<std::size_t>(needed);
  while (smallest_p(enough) > alpha) ++enough;
  return enough;
}

}  // namespace pebench::stats
