#pragma once

#include "host/backbone/cost.h"

namespace pebench::backbone {

// Transformers that score by dot products, with their fast engine: docs/model.md.

Cost sasrec_cost(const contract::Settings& settings, std::int64_t items, double length);
/// A training target is a masked event.
Cost bert4rec_cost(const contract::Settings& settings, std::int64_t items, double length);

}  // namespace pebench::backbone
