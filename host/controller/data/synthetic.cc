#include "host/controller/data/synthetic.h"

#include <fmt/format.h>

#include <array>
#include <numeric>

#include "host/base/error.h"
#include "host/base/random.h"

namespace pebench::data {
namespace {

constexpr std::int64_t shortest = 6, longest = 20;
constexpr std::int64_t first_day = 16071;  // 2014-01-01, in days since 1970
constexpr std::int64_t days = 365;
constexpr std::int64_t most = 10'000'000;

/// A random cycle through all groups: successor[g] follows g.
std::array<int, synthetic_groups> random_cycle(base::Stream stream) {
  std::array<int, synthetic_groups> order, successor{};
  std::iota(order.begin(), order.end(), 0);
  base::shuffle(order, stream);
  for (int i = 0; i < synthetic_groups; ++i) successor[order[i]] = order[(i + 1) % synthetic_groups];
  return successor;
}

void validate(const SyntheticSettings& settings) {
  if (settings.users < 10 || settings.users > most)
    throw base::InputError(fmt::format("{} synthetic users: use 10 to {}", settings.users, most));
  if (settings.items < 2 * synthetic_groups || settings.items > most)
    throw base::InputError(
        fmt::format("{} synthetic items: use {} to {}", settings.items, 2 * synthetic_groups, most));
}

FieldColumn group_field(std::int64_t items) {
  FieldColumn column;
  column.field = {"group", true, synthetic_groups};
  column.offsets = {0, 0};
  for (int group = 0; group < synthetic_groups; ++group) column.vocabulary.push_back(std::to_string(group));
  for (std::int64_t item = 1; item <= items; ++item) {
    column.ids.push_back(static_cast<std::int32_t>(item % synthetic_groups));
    column.offsets.push_back(item);
  }
  return column;
}

}  // namespace

nlohmann::json SyntheticSettings::source() const {
  return {{"synthetic", {{"signal", signal}, {"users", users}, {"items", items}, {"seed", seed}}}};
}

Columns synthesise(const SyntheticSettings& settings) {
  const Signal& signal = signal_named(settings.signal);
  validate(settings);
  const base::Stream streams(settings.seed, "synthetic", settings.signal);
  const auto successor = random_cycle(streams.at(0));
  Columns columns;
  columns.offsets.push_back(0);
  for (std::int64_t user = 0; user < settings.users; ++user) {
    base::Stream stream = streams.at(static_cast<std::uint64_t>(user) + 1);
    const auto length = shortest + static_cast<std::int64_t>(stream.below(longest - shortest + 1));
    const auto begin = 86400 * (first_day + static_cast<std::int64_t>(stream.below(days)));
    const auto group = static_cast<int>(stream.below(synthetic_groups));
    Walk walk{successor, settings.items, begin, group};
    for (std::int64_t i = 0; i < length; ++i) {
      signal.step(walk, stream);
      columns.items.push_back(walk.item);
      columns.times.push_back(walk.time);
    }
    columns.offsets.push_back(static_cast<std::int64_t>(columns.items.size()));
    columns.user_ids.push_back(fmt::format("u{}", user));
  }
  for (std::int64_t item = 1; item <= settings.items; ++item)
    columns.item_ids.push_back(fmt::format("i{}", item));
  columns.fields.push_back(group_field(settings.items));
  return columns;
}

}  // namespace pebench::data
