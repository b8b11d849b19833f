#include "host/backbone/cost.h"

#include "host/backbone/carca_cost.h"

namespace pebench::backbone {

Cost cost(const contract::Settings& settings, std::int64_t items, double length) {
  return carca_cost(settings.model, items, length);
}

}  // namespace pebench::backbone
