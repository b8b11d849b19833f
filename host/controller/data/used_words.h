#pragma once

#include "host/controller/data/columns.h"

namespace pebench::data {

/// Takes the words out of the vocabularies that no item and no event has, and fields that nothing is left of:
/// what an import of these events alone would have read. The others keep their order.
void drop_unused_words(Columns& columns);

}  // namespace pebench::data
