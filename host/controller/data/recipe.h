#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/controller/data/columns.h"
#include "host/controller/data/core.h"
#include "host/controller/data/sample.h"
#include "host/controller/data/time_range.h"

namespace pebench::data {

/// What of a data set is kept. The steps are taken in the order in which they stand here, whatever was said
/// first; for another order, recipes follow one another.
struct Recipe {
  Core raw_core;  ///< counted on all events, before anything is left out; not iterative
  TimeRange range;
  std::optional<double> min_rating;
  bool no_duplicates = false;  ///< of user, item and second
  bool no_repeats = false;     ///< of the item of the event before
  Core core;
  std::optional<Sample> items, users;
};

/// An event that a step left out.
struct DroppedEvent {
  std::string_view user, item;
  std::int64_t time;
  std::string_view step, reason;
};

/// What a recipe made.
struct Cooked {
  Columns columns;
  nlohmann::json steps;            ///< of dataset.json: for each step its name, parameters and counts
  std::vector<std::string> notes;  ///< the same for people, a sentence for each step
};

/// Takes the recipe's steps one after the other. Users and items without events are left out after each, the
/// others renumbered in their order, and in the end the words of fields that no item has any more.
/// `on_dropped`, where there is one, is called for every event that is left out, in the order of steps, users
/// and events. Throws InputError where a step leaves nothing, and for a sample of more than there are.
Cooked cook(Columns columns, const Recipe& recipe,
            const std::function<void(const DroppedEvent&)>& on_dropped = {});

/// Whether the recipe has a step.
bool has_steps(const Recipe& recipe);

}  // namespace pebench::data
