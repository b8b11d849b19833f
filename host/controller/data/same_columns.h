#pragma once

#include <string>

#include "host/controller/data/columns.h"

namespace pebench::data {

/// What of two data sets is not the same, bit by bit: "the items of the events"; empty where all is. Fields
/// may stand in another order.
std::string difference(const Columns& a, const Columns& b);

}  // namespace pebench::data
