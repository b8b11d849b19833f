#include "host/backbone/cost.h"

#include "host/backbone/carca_cost.h"
#include "host/backbone/transformer_cost.h"

namespace pebench::backbone {

Cost cost(const contract::Settings& settings, std::int64_t items, double length) {
  if (settings.model.backbone == "sasrec") return sasrec_cost(settings, items, length);
  if (settings.model.backbone == "bert4rec") return bert4rec_cost(settings, items, length);
  return carca_cost(settings, items, length);
}

}  // namespace pebench::backbone
