#pragma once

#include <optional>
#include <string_view>

#include "host/controller/data/shapes.h"

namespace pebench::data {

/// The columns of a table that have the user, the item, the time and features of events, by name or number;
/// without a time the order of lines is the order of events.
struct NamedColumns {
  Column user, item, time;
  std::vector<EventFeature> features;
};

/// The shape of a file whose columns are named, by its first bytes; `layout` where it is not as it looks.
Shape named_table(std::string_view begin, const NamedColumns& named, const std::optional<Layout>& layout);

/// Whether the first row has the columns of the shape; of a table without header, whether it has as many.
bool has_columns(std::string_view begin, const Shape& shape);

}  // namespace pebench::data
