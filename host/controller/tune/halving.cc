#include "host/controller/tune/halving.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/base/error.h"

namespace pebench::tune {
namespace {

constexpr std::int64_t most_epochs = 1'000'000'000;

}  // namespace

std::vector<Round> rounds_of(const suite::Tuning& tuning) {
  std::vector<Round> rounds = {{tuning.configurations, tuning.epochs}};
  while (static_cast<std::int64_t>(rounds.size()) < tuning.rounds) {
    const Round& last = rounds.back();
    if (last.epochs > most_epochs / tuning.reduction)
      throw base::InputError(fmt::format(
          "tune.rounds = {} with tune.reduction = {} comes to more than {} epochs; take fewer rounds",
          tuning.rounds, tuning.reduction, most_epochs));
    rounds.push_back(
        {std::max<std::int64_t>(1, last.configurations / tuning.reduction), last.epochs * tuning.reduction});
  }
  return rounds;
}

std::int64_t epochs_of(const std::vector<Round>& rounds, std::int64_t seeds) {
  std::int64_t sum = 0;
  for (const Round& round : rounds) sum += round.configurations * round.epochs * seeds;
  return sum;
}

std::vector<std::size_t> best_of(const std::vector<double>& values, std::size_t count) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (std::isnan(values[a]) || std::isnan(values[b]))
      return !std::isnan(values[a]) && std::isnan(values[b]);
    return values[a] > values[b];
  });
  order.resize(std::min(count, order.size()));
  return order;
}

}  // namespace pebench::tune
