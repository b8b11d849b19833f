#pragma once

#include "host/controller/report/document.h"
#include "host/controller/tune/search.h"

namespace pebench::tune {

/// What a finished search says, in tables, a figure of the expected curves, and sentences on where the order
/// of the encodings turns.
report::Document compose(const Subject& subject, const Search& search);

}  // namespace pebench::tune
