#pragma once

#include "host/worker/check/check.h"

namespace pebench::check {

// Checks that fill a file each, for the tables of their groups.

/// meaning.visible: keys that a query may not see change nothing in what hooks make for it.
Finding visible_keys(const Subject& subject);
/// meaning.hidden: nor in its attention, however low its bias makes the keys that it sees.
Finding hidden_keys(const Subject& subject);
/// meaning.rotation: what turns queries and keys cancels between two at one place.
Finding rotation(const Subject& subject);
/// numbers.seconds: events seconds apart stay apart late in a data set.
Finding seconds(const Subject& subject);

}  // namespace pebench::check
