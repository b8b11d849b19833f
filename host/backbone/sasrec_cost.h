#pragma once

#include "host/backbone/cost.h"

namespace pebench::backbone {

/// SASRec with its fast engine: docs/model.md.
Cost sasrec_cost(const contract::Settings& settings, std::int64_t items, double length);

}  // namespace pebench::backbone
