#include "host/controller/stats/failure.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>

namespace pebench::stats {

double failure_rate_test(std::size_t failed, std::size_t trials, double rate) {
  const boost::math::binomial distribution(static_cast<double>(trials), rate);
  const double at_most = boost::math::cdf(distribution, static_cast<double>(failed));
  const double at_least =
      failed == 0 ? 1
                  : boost::math::cdf(boost::math::complement(distribution, static_cast<double>(failed - 1)));
  return std::min(1.0, 2 * std::min(at_most, at_least));
}

}  // namespace pebench::stats
