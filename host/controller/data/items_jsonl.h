#pragma once

#include "host/controller/data/item_collector.h"
#include "host/controller/data/text_file.h"

namespace pebench::data {

/// Reads items in pebench's own form: a JSON object a line, "item" and fields, each value what FieldReader
/// makes of it. Throws InputError, with place and remedy, for what cannot be read and for an empty file.
void read_items_jsonl(TextFile& file, ItemCollector& items);

}  // namespace pebench::data
