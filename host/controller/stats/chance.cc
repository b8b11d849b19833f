#include "host/controller/stats/chance.h"

#include <boost/math/distributions/binomial.hpp>
#include <cmath>

namespace pebench::stats {

double above_chance_p(double share, double chance, std::size_t users) {
  // A share is a sum of users' hits over their number: 1e-9 brings a whole number of hits back.
  const double hits = std::floor(share * static_cast<double>(users) + 1e-9);
  if (hits <= 0) return 1;
  if (chance <= 0) return 0;
  if (chance >= 1) return 1;
  const boost::math::binomial distribution(static_cast<double>(users), chance);
  return boost::math::cdf(boost::math::complement(distribution, hits - 1));
}

}  // namespace pebench::stats
