#pragma once

#include <vector>

#include "host/controller/data/columns.h"

namespace pebench::data {

/// The events that `keep` [events] marks, each user's in their order. Users and items that have none left are
/// left out and the others renumbered in their order; vocabularies stay as they are.
Columns selected(const Columns& columns, const std::vector<bool>& keep);

}  // namespace pebench::data
