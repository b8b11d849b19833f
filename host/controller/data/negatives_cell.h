#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/controller/data/columns.h"
#include "host/controller/data/event_collector.h"

namespace pebench::data {

/// The negatives that a cell gives an event, as a data set keeps them: a JSON list of item ids, each once.
/// Read are lists of JSON and of Python, and ids between blanks, commas, semicolons or bars. Empty for no
/// ids. Throws InputError, beginning with the place, for what is neither, and for an id that no item can
/// have.
std::string negatives_cell(std::string_view cell, const Spot& spot);

/// Numbers the items that negatives name and no event has, behind all others. Throws InputError where
/// negatives were asked for and no event has any.
void list_negatives(EventCollector& events);

/// The items that the negatives of these events name.
std::vector<Item> named_as_negatives(const Columns& columns, const std::vector<std::int64_t>& events);

/// How many negatives are given, and which items they alone name; empty without any.
std::string note_of_negatives(const Columns& columns);

}  // namespace pebench::data
