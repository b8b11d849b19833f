#pragma once

#include "host/backbone/cost.h"

namespace pebench::backbone {

/// CARCA with its fast engine: docs/model.md.
Cost carca_cost(const contract::Settings& settings, std::int64_t items, double length);

}  // namespace pebench::backbone
