#include <utility>

#include "host/controller/data/columns.h"

namespace pebench::data {
namespace {

/// Rows of a field under other numbers.
class ChosenRows : public DenseRows {
 public:
  ChosenRows(FieldColumn column, std::vector<Item> items)
      : column_(std::move(column)), items_(std::move(items)) {}
  std::string_view row(Item item) const override { return dense_row(column_, items_[item - 1]); }

 private:
  FieldColumn column_;
  std::vector<Item> items_;
};

FieldColumn chosen_field(const FieldColumn& column, const std::vector<Item>& items) {
  FieldColumn left;
  left.field = column.field;
  left.vocabulary = column.vocabulary;
  if (!column.field.sparse) {
    left.rows = std::make_shared<ChosenRows>(column, items);
    return left;
  }
  left.offsets = {0, 0};
  for (const Item item : items) {
    left.ids.insert(left.ids.end(), column.ids.begin() + column.offsets[item],
                    column.ids.begin() + column.offsets[item + 1]);
    left.offsets.push_back(static_cast<std::int64_t>(left.ids.size()));
  }
  return left;
}

EventColumn chosen_feature(const EventColumn& column, const std::vector<std::int64_t>& events) {
  EventColumn left{column.field, {}, column.vocabulary, {}};
  for (const std::int64_t event : events) {
    if (column.field.sparse)
      left.ids.push_back(column.ids[event]);
    else
      left.values.push_back(column.values[event]);
  }
  return left;
}

}  // namespace

Columns chosen(const Columns& columns, const Choice& choice) {
  Columns left;
  std::vector<Item> number(columns.item_ids.size() + 1, 0);
  for (std::size_t i = 0; i < choice.items.size(); ++i) {
    number[choice.items[i]] = static_cast<Item>(i + 1);
    left.item_ids.push_back(columns.item_ids[choice.items[i] - 1]);
  }
  left.items.reserve(choice.events.size());
  left.times.reserve(choice.events.size());
  left.offsets = {0};
  auto event = choice.events.begin();
  for (const User user : choice.users) {
    left.user_ids.push_back(columns.user_ids[user]);
    for (; event != choice.events.end() && *event >= columns.offsets[user] &&
           *event < columns.offsets[user + 1];
         ++event) {
      left.items.push_back(number[columns.items[*event]]);
      left.times.push_back(columns.times[*event]);
    }
    left.offsets.push_back(static_cast<std::int64_t>(left.items.size()));
  }
  for (const FieldColumn& column : columns.fields) left.fields.push_back(chosen_field(column, choice.items));
  for (const EventColumn& column : columns.event_fields)
    left.event_fields.push_back(chosen_feature(column, choice.events));
  return left;
}

}  // namespace pebench::data
