#include "host/controller/data/length_distribution.h"

#include <algorithm>
#include <cmath>

namespace pebench::data {
namespace {

/// exp(slope * i) for i = 0 .. last, made to sum to 1.
std::vector<double> geometric(double slope, std::int64_t last) {
  std::vector<double> shares;
  double sum = 0;
  for (std::int64_t i = 0; i <= last; ++i) {
    shares.push_back(std::exp(slope * static_cast<double>(slope > 0 ? i - last : i)));
    sum += shares.back();
  }
  for (double& share : shares) share /= sum;
  return shares;
}

double mean_of(const std::vector<double>& shares) {
  double mean = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) mean += static_cast<double>(i) * shares[i];
  return mean;
}

}  // namespace

LengthDistribution::LengthDistribution(std::int64_t shortest, std::int64_t longest,
                                       std::optional<double> mean)
    : shortest_(shortest), longest_(longest) {
  if (!mean) return;
  const double wanted = *mean - static_cast<double>(shortest);
  double low = -50, high = 50;
  for (int step = 0; step < 100; ++step) {
    const double slope = (low + high) / 2;
    (mean_of(geometric(slope, longest - shortest)) < wanted ? low : high) = slope;
  }
  double sum = 0;
  for (const double share : geometric(low, longest - shortest)) cumulative_.push_back(sum += share);
}

std::int64_t LengthDistribution::draw(base::Stream& stream) const {
  if (cumulative_.empty())
    return shortest_ +
           static_cast<std::int64_t>(stream.below(static_cast<std::uint64_t>(longest_ - shortest_ + 1)));
  const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end() - 1, stream.uniform());
  return shortest_ + (found - cumulative_.begin());
}

}  // namespace pebench::data
