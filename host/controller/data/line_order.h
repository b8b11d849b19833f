#pragma once

#include "host/controller/data/columns.h"

namespace pebench::data {

/// The same data set, whatever the order of lines it was read from: users, items and words are numbered by
/// their names, and events of one user in one second follow each other by a random number that only the two
/// names decide. For data whose clock is too coarse to tell what came first, where a file's order would
/// decide which event is the last, and with it what a model is tested on.
Columns without_line_order(const Columns& columns);

}  // namespace pebench::data
