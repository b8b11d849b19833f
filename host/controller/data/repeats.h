#pragma once

#include "host/controller/data/columns.h"
#include "host/controller/data/left_out.h"

namespace pebench::data {

/// Events with the user, the item and the second of an earlier one.
LeftOut duplicates(const Columns& columns);

/// Events whose item the user met in the event before, whenever that was.
LeftOut consecutive_repeats(const Columns& columns);

}  // namespace pebench::data
