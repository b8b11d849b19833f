#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pebench::data {

/// The number of groups that generated items belong to: item v is of group v mod 8.
constexpr int synthetic_groups = 8;

/// The next group of each, one cycle through all.
using Cycle = std::array<int, synthetic_groups>;

/// A gap of so many seconds or more is a pause; without one events are less than half an hour apart.
constexpr std::int64_t synthetic_pause = 3600;

/// After so many seconds an event counts 1/e in "recency".
constexpr double synthetic_memory = 1800;

/// What passes between two events of a history.
enum class Pace {
  seconds,  ///< seconds
  pauses,   ///< seconds, and with probability 1/2 a pause besides
  hours,    ///< 1 to 24 hours, all alike: the hour of the day says nothing about the next event's
  days      ///< 1 to 7 days, all alike: nor does the weekday
};

/// When an event happens.
struct Moment {
  std::int64_t time = 0;  ///< unix seconds
  bool paused = false;    ///< whether a pause came before it
};

/// A rule by which generated histories go on.
struct Signal {
  enum class Of {
    nothing,  ///< any item
    one,      ///< expected() of the event `lag` places back
    all       ///< one of all earlier events, the likelier the less time has passed since
  };

  std::string name;
  std::string_view asks;  ///< what a model must see to guess the next event, for people
  Of of;
  Pace pace;
  /// The group of an event that obeys, after one of `group` `lag` places back.
  int (*expected)(const Cycle& successor, int group, const Moment& moment, Pace pace);
  std::optional<std::int64_t> lag;  ///< where it is a matter of choice, what it is without one
  bool needs_order, needs_times;    ///< to guess as well as can be
};

const std::vector<Signal>& signals();
std::vector<std::string> signal_names();

/// Throws InputError with the known names.
const Signal& signal_named(std::string_view name);

/// The hour of the day and the weekday (Monday 0) of a time in UTC.
int hour_of(std::int64_t time);
int weekday_of(std::int64_t time);

}  // namespace pebench::data
