#pragma once

#include "host/controller/data/format.h"

namespace pebench::data {

/// interactions.tsv: tab-separated with the header "user item timestamp" (unix seconds, integers).
/// items.jsonl, which may be missing: a JSON object a line with "item" and fields. Both gzip-compressed or
/// not.
///
/// A text or a list of texts or integers becomes a sparse field (one attribute per distinct value), a number
/// or a list of numbers with a real one among them a dense field; a field keeps to one kind, and a list of
/// integers counts as dense only after a list with a real number. null, [] and a missing field mean nothing
/// known. Items that nobody interacted with are left out.
Format tsv_format();

}  // namespace pebench::data
