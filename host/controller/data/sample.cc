#include "host/controller/data/sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "host/base/error.h"
#include "host/base/random.h"

namespace pebench::data {
namespace {

std::vector<bool> drawn(std::size_t all, std::int64_t count, base::Stream stream) {
  std::vector<std::int32_t> order(all);
  std::iota(order.begin(), order.end(), 0);
  base::shuffle(order, stream);
  std::vector<bool> marks(all, false);
  for (std::int64_t i = 0; i < count; ++i) marks[static_cast<std::size_t>(order[i])] = true;
  return marks;
}

base::Stream of_users(std::uint64_t seed) { return {seed, "subset"}; }
base::Stream of_items(std::uint64_t seed) { return {seed, "subset", "items"}; }

/// Which of `all` are in the sample.
std::vector<bool> inside(std::size_t all, const Sample& sample, const char* what,
                         const base::Stream& stream) {
  if (sample.count > static_cast<std::int64_t>(all))
    throw base::InputError(fmt::format("{} {} are asked for, and there are {} at this step: ask for fewer",
                                       sample.count, what, all));
  if (sample.random) return drawn(all, sample.count, stream);
  std::vector<bool> first(all, false);
  std::fill(first.begin(), first.begin() + sample.count, true);
  return first;
}

}  // namespace

std::vector<bool> drawn_users(std::size_t all, std::int64_t count, std::uint64_t seed) {
  return drawn(all, count, of_users(seed));
}

LeftOut outside_users(const Columns& columns, const Sample& users) {
  LeftOut out(columns.items.size(), {"the user is not in the sample"});
  const auto keep = inside(columns.user_ids.size(), users, "users", of_users(users.seed));
  for (std::size_t user = 0; user < keep.size(); ++user)
    if (!keep[user])
      std::fill(out.of_event.begin() + columns.offsets[user],
                out.of_event.begin() + columns.offsets[user + 1], std::uint8_t{0});
  return out;
}

LeftOut outside_items(const Columns& columns, const Sample& items) {
  LeftOut out(columns.items.size(), {"the item is not in the sample"});
  const auto keep = inside(columns.item_ids.size(), items, "items", of_items(items.seed));
  for (std::size_t event = 0; event < columns.items.size(); ++event)
    if (!keep[static_cast<std::size_t>(columns.items[event]) - 1]) out.of_event[event] = 0;
  return out;
}

}  // namespace pebench::data
