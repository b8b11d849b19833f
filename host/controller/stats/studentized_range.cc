#include "host/controller/stats/studentized_range.h"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/roots.hpp>
#include <cassert>
#include <cmath>

namespace pebench::stats {

double studentized_range_probability(double q, int k) {
  assert(k >= 2);
  if (q <= 0) return 0;
  const boost::math::normal normal;
  const auto density_of_largest = [&](double z) {
    return boost::math::pdf(normal, z) *
           std::pow(boost::math::cdf(normal, z) - boost::math::cdf(normal, z - q), k - 1);
  };
  // Beyond 9 the normal density adds less than 1e-18.
  return k * boost::math::quadrature::gauss_kronrod<double, 61>::integrate(density_of_largest, -9.0, 9.0, 10,
                                                                           1e-12);
}

double studentized_range_quantile(double probability, int k) {
  assert(probability > 0 && probability < 1);
  const auto excess = [&](double q) { return studentized_range_probability(q, k) - probability; };
  std::uintmax_t iterations = 200;
  const auto [low, high] = boost::math::tools::toms748_solve(
      excess, 0.0, 40.0, boost::math::tools::eps_tolerance<double>(40), iterations);
  return (low + high) / 2;
}

}  // namespace pebench::stats
