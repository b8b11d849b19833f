#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/random.h"
#include "host/data/dataset.h"

namespace pebench::data {

/// The number of groups that generated items belong to: item v is of group v mod 8.
constexpr int synthetic_groups = 8;

/// Where a generated history stands: its last event, and what stays the same within the data set.
struct Walk {
  const std::array<int, synthetic_groups>& successor;  ///< the next group of each, one cycle through all
  std::int64_t items;                                  ///< N
  std::int64_t time;                                   ///< unix seconds
  int group;
  Item item = 0;
};

/// A rule by which generated histories go on.
struct Signal {
  std::string name;
  std::string_view asks;  ///< what a model must see to guess the next event, for people
  /// Moves `walk` to its next event. All randomness comes from `stream`, in an order that must not change:
  /// generated data are known by their settings.
  void (*step)(Walk& walk, base::Stream& stream);
};

const std::vector<Signal>& signals();
std::vector<std::string> signal_names();

/// Throws InputError with the known names.
const Signal& signal_named(std::string_view name);

}  // namespace pebench::data
