#pragma once

#include "host/controller/data/columns.h"
#include "host/controller/data/left_out.h"

namespace pebench::data {

/// Events whose rating is below `least` or not known. Throws InputError where events have no rating, or one
/// in words.
LeftOut rated_below(const Columns& columns, double least);

}  // namespace pebench::data
