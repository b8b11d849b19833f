#include "host/controller/data/signal.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/nearest.h"

namespace pebench::data {
namespace {

constexpr double obedience = 0.85;    // how often the rule holds
constexpr std::int64_t pause = 3600;  // seconds; 20 of them fit into a day

void pass_seconds(Walk& walk, base::Stream& stream) {
  walk.time += 1 + static_cast<std::int64_t>(stream.below(60));
}

/// A uniformly random item of a group: v mod groups == group, 1 <= v <= items.
Item item_of_group(int group, std::int64_t items, base::Stream& stream) {
  const std::int64_t first = group == 0 ? synthetic_groups : group;
  const std::int64_t count = (items - first) / synthetic_groups + 1;
  return static_cast<Item>(first + synthetic_groups * static_cast<std::int64_t>(stream.below(count)));
}

/// An item of the group that the rule asks for, the successor or else the same; now and then of any group.
void obey(Walk& walk, base::Stream& stream, bool moves_on) {
  const bool obeys = stream.uniform() < obedience;
  if (!obeys)
    walk.group = static_cast<int>(stream.below(synthetic_groups));
  else if (moves_on)
    walk.group = walk.successor[walk.group];
  walk.item = item_of_group(walk.group, walk.items, stream);
}

void position(Walk& walk, base::Stream& stream) {
  pass_seconds(walk, stream);
  obey(walk, stream, /*moves_on=*/true);
}

void interval(Walk& walk, base::Stream& stream) {
  pass_seconds(walk, stream);
  const bool paused = stream.below(2) == 1;
  if (paused) walk.time += pause;
  obey(walk, stream, paused);
}

void none(Walk& walk, base::Stream& stream) {
  pass_seconds(walk, stream);
  walk.item = static_cast<Item>(1 + stream.below(walk.items));
}

}  // namespace

const std::vector<Signal>& signals() {
  static const std::vector<Signal> all = {
      {"position", "the order of events tells the next", position},
      {"interval", "order and times", interval},
      {"none", "nothing, no model can beat chance", none},
  };
  return all;
}

std::vector<std::string> signal_names() {
  std::vector<std::string> names;
  for (const Signal& signal : signals()) names.push_back(signal.name);
  return names;
}

const Signal& signal_named(std::string_view name) {
  for (const Signal& signal : signals())
    if (signal.name == name) return signal;
  throw base::InputError(
      fmt::format("synthetic signal '{}' is unknown; {}", name, base::remedy(name, signal_names())));
}

}  // namespace pebench::data
