#include "host/controller/data/signal.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/nearest.h"

namespace pebench::data {
namespace {

constexpr std::int64_t hour = 3600, day = 24 * hour;

int itself(const Cycle&, int group, const Moment&, Pace) { return group; }

int successor_of(const Cycle& successor, int group, const Moment&, Pace) { return successor[group]; }

int successor_after_a_pause(const Cycle& successor, int group, const Moment& moment, Pace) {
  return moment.paused ? successor[group] : group;
}

/// The group that stands `steps` behind group 0 in the cycle.
int behind_the_first(const Cycle& successor, int steps) {
  int group = 0;
  for (int i = 0; i < steps; ++i) group = successor[group];
  return group;
}

int place_in(const Cycle& successor, int group) {
  int place = 0;
  while (group != 0) group = successor[group], --place;
  return (place + synthetic_groups) % synthetic_groups;
}

/// The cycle cut into four pairs: the order tells the pair, the time which of the two.
int pair_by_order_member_by_time(const Cycle& successor, int group, const Moment& moment, Pace) {
  const int next_pair = (place_in(successor, group) / 2 + 1) % (synthetic_groups / 2);
  return behind_the_first(successor, 2 * next_pair + (moment.paused ? 1 : 0));
}

int group_of_the_time(const Cycle& successor, int, const Moment& moment, Pace pace) {
  return behind_the_first(successor, pace == Pace::days ? weekday_of(moment.time) : hour_of(moment.time) / 3);
}

}  // namespace

const std::vector<Signal>& signals() {
  using Of = Signal::Of;
  static const std::vector<Signal> all = {
      {"position", "the order of events tells the next", Of::one, Pace::seconds, successor_of, 1, true,
       false},
      {"interval", "order and times", Of::one, Pace::pauses, successor_after_a_pause, {}, true, true},
      {"none", "nothing, no model can beat chance", Of::nothing, Pace::seconds, itself, {}, false, false},
      {"both",
       "half of it the order, half the times",
       Of::one,
       Pace::pauses,
       pair_by_order_member_by_time,
       {},
       true,
       true},
      {"distance", "the event some places back comes again", Of::one, Pace::seconds, itself, 4, true, false},
      {"recency", "how long ago each event was", Of::all, Pace::pauses, itself, {}, true, true},
      {"period",
       "the hour or the weekday, whatever came before",
       Of::one,
       Pace::hours,
       group_of_the_time,
       {},
       false,
       true},
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

int hour_of(std::int64_t time) { return static_cast<int>((time % day + day) % day / hour); }

int weekday_of(std::int64_t time) {
  const std::int64_t days = time >= 0 ? time / day : -((day - 1 - time) / day);
  return static_cast<int>(((days + 3) % 7 + 7) % 7);  // 1970-01-01 was a Thursday
}

}  // namespace pebench::data
