#include "host/controller/stats/exchange.h"

#include <algorithm>
#include <boost/math/special_functions/binomial.hpp>
#include <cassert>
#include <cmath>
#include <numeric>

#include "host/base/random.h"

namespace pebench::stats {
namespace {

constexpr std::size_t most_enumerated = 4096, random_ways = 10000, rough_ways = 1000;

/// All 2^(n-1) choices of pairs that change places while the last one stays.
std::vector<char> all_swaps(std::size_t pairs) {
  std::vector<char> ways;
  for (std::size_t way = 0; way < std::size_t{1} << (pairs - 1); ++way)
    for (std::size_t i = 0; i < pairs; ++i) ways.push_back((way >> i) & 1);
  return ways;
}

/// All choices of `first` among the values, that of the first ones foremost.
std::vector<char> all_choices(std::size_t first, std::size_t second) {
  std::vector<char> way(first + second, 0), ways;
  std::fill_n(way.begin(), first, 1);
  do ways.insert(ways.end(), way.begin(), way.end());
  while (std::prev_permutation(way.begin(), way.end()));
  return ways;
}

std::vector<char> random_swaps(std::size_t pairs, base::Stream stream) {
  std::vector<char> ways(pairs, 0);
  for (std::size_t way = 1; way < random_ways; ++way)
    for (std::size_t i = 0; i < pairs; ++i) ways.push_back(static_cast<char>(stream.below(2)));
  return ways;
}

std::vector<char> random_choices(std::size_t first, std::size_t second, base::Stream stream) {
  std::vector<char> way(first + second, 0);
  std::fill_n(way.begin(), first, 1);
  std::vector<char> ways = way;
  for (std::size_t drawn = 1; drawn < random_ways; ++drawn) {
    for (std::size_t i = way.size(); i > 1; --i) std::swap(way[i - 1], way[stream.below(i)]);
    ways.insert(ways.end(), way.begin(), way.end());
  }
  return ways;
}

bool few_enough(Design design, std::size_t first, std::size_t second) {
  if (design == Design::paired) return std::exp2(first - 1.0) <= most_enumerated;
  return first + second <= 64 &&
         boost::math::binomial_coefficient<double>(static_cast<unsigned>(first + second),
                                                   static_cast<unsigned>(first)) <= most_enumerated;
}

}  // namespace

Exchanges::Exchanges(Design design, std::size_t first, std::size_t second, std::uint64_t seed)
    : design_(design),
      random_(!few_enough(design, first, second)),
      width_(design == Design::paired ? first : first + second) {
  assert(first > 0 && second > 0 && (design == Design::unpaired || first == second));
  base::Stream stream(seed, "statistics", "exchanges");
  if (design == Design::paired)
    chosen_ = random_ ? random_swaps(first, stream) : all_swaps(first);
  else
    chosen_ = random_ ? random_choices(first, second, stream) : all_choices(first, second);
}

std::size_t Exchanges::reaching(const OfWay& statistic, std::size_t ways, std::size_t enough) const {
  const double observed = statistic(chosen_.data());
  const double threshold = std::isinf(observed) ? observed : observed - 1e-9 * std::abs(observed);
  std::size_t reached = 0;
  for (std::size_t w = 0; w < ways; ++w)
    if (statistic(&chosen_[w * width_]) >= threshold && ++reached > enough) break;
  return reached;
}

double Exchanges::p(const OfWay& statistic) const {
  return static_cast<double>(reaching(statistic, count(), count())) / static_cast<double>(count());
}

bool Exchanges::p_exceeds(double alpha, const OfWay& statistic, std::size_t ways) const {
  const auto enough = static_cast<std::size_t>(alpha * static_cast<double>(ways));
  return reaching(statistic, ways, enough) > enough;
}

bool Exchanges::p_exceeds(double alpha, const OfWay& statistic) const {
  return p_exceeds(alpha, statistic, count());
}

bool Exchanges::p_exceeds_roughly(double alpha, const OfWay& statistic) const {
  return p_exceeds(alpha, statistic, random_ ? rough_ways : count());
}

double Exchanges::p(const std::vector<double>& first, const std::vector<double>& second,
                    const Statistic& statistic) const {
  std::vector<double> a = first, b = second;
  return p([&](const char* way) {
    if (design_ == Design::paired) {
      for (std::size_t i = 0; i < width_; ++i) {
        a[i] = way[i] ? second[i] : first[i];
        b[i] = way[i] ? first[i] : second[i];
      }
    } else {
      std::size_t in_a = 0, in_b = 0;
      for (std::size_t i = 0; i < width_; ++i) {
        const double value = i < first.size() ? first[i] : second[i - first.size()];
        (way[i] ? a[in_a++] : b[in_b++]) = value;
      }
    }
    return statistic(a, b);
  });
}

}  // namespace pebench::stats
