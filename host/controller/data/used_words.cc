#include "host/controller/data/used_words.h"

#include <algorithm>
#include <cstddef>

namespace pebench::data {
namespace {

/// Of a field of items or of events.
template <class Column>
void drop_from(Column& column) {
  std::vector<std::int32_t> number(column.vocabulary.size(), -1);
  for (const std::int32_t id : column.ids)
    if (id >= 0) number[static_cast<std::size_t>(id)] = 0;
  std::vector<std::string> used;
  for (std::size_t id = 0; id < number.size(); ++id)
    if (number[id] == 0) {
      number[id] = static_cast<std::int32_t>(used.size());
      used.push_back(std::move(column.vocabulary[id]));
    }
  for (std::int32_t& id : column.ids)
    if (id >= 0) id = number[static_cast<std::size_t>(id)];
  column.vocabulary = std::move(used);
  column.field.width = static_cast<std::int64_t>(column.vocabulary.size());
}

template <class Column>
void drop_from_each(std::vector<Column>& columns) {
  for (Column& column : columns)
    if (column.field.sparse) drop_from(column);
  columns.erase(std::remove_if(columns.begin(), columns.end(),
                               [](const Column& column) { return column.field.width == 0; }),
                columns.end());
}

}  // namespace

void drop_unused_words(Columns& columns) {
  drop_from_each(columns.fields);
  drop_from_each(columns.event_fields);
}

}  // namespace pebench::data
