#include "tests/statistics/orders.h"

#include <fmt/format.h>

#include "host/base/parallel.h"
#include "host/base/random.h"
#include "host/controller/stats/agreement.h"

namespace pebench {
namespace {

struct Settings {
  const char* name;
  std::vector<double> first, second;  ///< means of the encodings
  bool have_order;
};

const std::vector<Settings>& all_settings() {
  static const std::vector<Settings> all = {
      {"3 encodings, alike in both", {9, 9, 9}, {9, 9, 9}, false},
      {"6 encodings, alike in both", {9, 9, 9, 9, 9, 9}, {9, 9, 9, 9, 9, 9}, false},
      {"6 encodings, 3 SD apart in one, alike in the other", {0, 3, 6, 9, 12, 15}, {9, 9, 9, 9, 9, 9}, false},
      // Of the true means tau is .47, and .75 if the three pairs that differ by nothing to speak of are tied.
      {"6 encodings, 1 of 15 pairs turned, 3 all but tied in one",
       {1, 10, 19, 28, 37, 46},
       {1 + 2e-6, 1 + 1e-6, 1, 37, 28, 46},
       true},
      {"3 encodings, 2 SD apart, the same order", {1, 3, 5}, {1, 3, 5}, true},
      {"6 encodings, 1 SD apart, the same order", {1, 2, 3, 4, 5, 6}, {1, 2, 3, 4, 5, 6}, true},
      {"6 encodings, 1 SD apart, the opposite order", {1, 2, 3, 4, 5, 6}, {6, 5, 4, 3, 2, 1}, true},
  };
  return all;
}

stats::SettingValues drawn(const std::vector<double>& means, std::size_t seeds, std::size_t sample,
                           base::Stream& stream) {
  stats::SettingValues setting;
  setting.sample = sample;
  for (const double mean : means) {
    setting.values.emplace_back();
    for (std::size_t s = 0; s < seeds; ++s) setting.values.back().push_back(mean + stream.normal());
  }
  return setting;
}

OrderCell measured(const Settings& settings, std::size_t seeds, int repetitions) {
  base::Stream stream(4, "test", fmt::format("{} {}", settings.name, seeds));
  OrderCell cell{settings.name, seeds, settings.have_order, 0, 0};
  stats::AgreementOptions options;
  options.resamples = 2000;
  for (int repetition = 0; repetition < repetitions; ++repetition) {
    const auto first = drawn(settings.first, seeds, 0, stream);
    const auto second = drawn(settings.second, seeds, 1, stream);
    const stats::Agreement agreement = stats::agreement({first, second}, {{0, 1}}, options);
    const stats::Carrying verdict = stats::carrying(agreement.p_carried, agreement.p_turned);
    cell.carries_over += verdict == stats::Carrying::carries_over;
    cell.turns += verdict == stats::Carrying::turns;
  }
  cell.carries_over /= repetitions;
  cell.turns /= repetitions;
  return cell;
}

}  // namespace

std::vector<OrderCell> measured_orders(const std::vector<std::size_t>& seeds, int repetitions) {
  std::vector<OrderCell> cells(all_settings().size() * seeds.size());
  base::parallel_for(cells.size(), [&](std::size_t i) {
    cells[i] = measured(all_settings()[i / seeds.size()], seeds[i % seeds.size()], repetitions);
  });
  return cells;
}

}  // namespace pebench
