#include "host/controller/data/same_columns.h"

#include <algorithm>
#include <cmath>

namespace pebench::data {
namespace {

bool same_shape(const Field& a, const Field& b) {
  return a.sparse == b.sparse && a.width == b.width && a.half == b.half;
}

bool same(const FieldColumn& a, const FieldColumn& b, std::size_t items) {
  if (!same_shape(a.field, b.field)) return false;
  if (a.field.sparse) return a.offsets == b.offsets && a.ids == b.ids && a.vocabulary == b.vocabulary;
  const auto row = [&](const FieldColumn& column, std::size_t item) {
    auto bytes = std::string(dense_row(column, static_cast<Item>(item)));
    bytes.resize(row_bytes(column.field.width, column.field.half), '\0');
    return bytes;
  };
  for (std::size_t item = 1; item <= items; ++item)
    if (row(a, item) != row(b, item)) return false;
  return true;
}

bool same(const EventColumn& a, const EventColumn& b, std::size_t) {
  const auto equal = [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); };
  return same_shape(a.field, b.field) && a.ids == b.ids && a.vocabulary == b.vocabulary &&
         std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(), equal);
}

template <class Column>
std::string difference(const std::vector<Column>& a, const std::vector<Column>& b, std::size_t items) {
  for (const Column& column : a) {
    const auto other = std::find_if(b.begin(), b.end(), [&](const Column& candidate) {
      return candidate.field.name == column.field.name;
    });
    if (other == b.end() || !same(column, *other, items)) return "the field '" + column.field.name + "'";
  }
  return a.size() == b.size() ? "" : "the number of fields";
}

}  // namespace

std::string difference(const Columns& a, const Columns& b) {
  if (a.user_ids != b.user_ids) return "the users";
  if (a.item_ids != b.item_ids) return "the items";
  if (a.offsets != b.offsets || a.items != b.items) return "the items of the events";
  if (a.times != b.times) return "the times of the events";
  const auto of_items = difference(a.fields, b.fields, a.item_ids.size());
  return of_items.empty() ? difference(a.event_fields, b.event_fields, 0) : of_items;
}

}  // namespace pebench::data
