#include "host/controller/data/rating.h"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>

#include "host/base/error.h"

namespace pebench::data {

LeftOut rated_below(const Columns& columns, double least) {
  const EventColumn* rating = event_column(columns, "rating");
  if (rating == nullptr)
    throw base::InputError(
        "--min-rating: the events have no rating; name its column when importing, as in --columns "
        "user=NAME,item=NAME,timestamp=NAME,rating=NAME");
  if (rating->field.sparse)
    throw base::InputError("--min-rating: the ratings of these events are words, and no numbers");
  LeftOut out(columns.items.size(),
              {fmt::format("the rating is below {}", least), "the rating is not known"});
  for (std::size_t event = 0; event < columns.items.size(); ++event) {
    if (std::isnan(rating->values[event])) out.of_event[event] = 1;
    if (rating->values[event] < least) out.of_event[event] = 0;
  }
  return out;
}

}  // namespace pebench::data
