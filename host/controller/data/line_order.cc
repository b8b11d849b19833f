#include "host/controller/data/line_order.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "host/base/random.h"

namespace pebench::data {
namespace {

/// Indices of the names, in the names' order.
std::vector<std::int64_t> by_name(const std::vector<std::string>& names) {
  std::vector<std::int64_t> order(names.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return names[a] < names[b]; });
  return order;
}

std::vector<std::string> in_order(const std::vector<std::string>& names,
                                  const std::vector<std::int64_t>& order) {
  std::vector<std::string> sorted;
  for (const std::int64_t index : order) sorted.push_back(names[index]);
  return sorted;
}

/// Where each index comes in `order`.
std::vector<std::int64_t> places_in(const std::vector<std::int64_t>& order) {
  std::vector<std::int64_t> places(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) places[order[i]] = static_cast<std::int64_t>(i);
  return places;
}

std::uint32_t draw(const std::string& user, const std::string& item) {
  return base::Stream(0, "ties", user + '\t' + item)();
}

FieldColumn sparse_in_order(const FieldColumn& column, const std::vector<std::int64_t>& items) {
  const auto words = by_name(column.vocabulary);
  const auto places = places_in(words);
  FieldColumn sorted{column.field, {0, 0}, {}, in_order(column.vocabulary, words), {}};
  for (const std::int64_t item : items) {
    const auto first = static_cast<std::ptrdiff_t>(sorted.ids.size());
    for (std::int64_t i = column.offsets[item + 1]; i < column.offsets[item + 2]; ++i)
      sorted.ids.push_back(static_cast<std::int32_t>(places[column.ids[i]]));
    std::sort(sorted.ids.begin() + first, sorted.ids.end());
    sorted.offsets.push_back(static_cast<std::int64_t>(sorted.ids.size()));
  }
  return sorted;
}

FieldColumn dense_in_order(const FieldColumn& column, const std::vector<std::int64_t>& items) {
  const std::int64_t width = column.field.width;
  FieldColumn sorted{column.field, {}, {}, {}, std::vector<float>(static_cast<std::size_t>(width), 0.0f)};
  for (const std::int64_t item : items)
    sorted.values.insert(sorted.values.end(), column.values.begin() + (item + 1) * width,
                         column.values.begin() + (item + 2) * width);
  return sorted;
}

}  // namespace

Columns without_line_order(const Columns& columns) {
  const auto users = by_name(columns.user_ids), items = by_name(columns.item_ids);
  const auto places = places_in(items);
  Columns sorted;
  sorted.user_ids = in_order(columns.user_ids, users);
  sorted.item_ids = in_order(columns.item_ids, items);
  sorted.offsets = {0};
  for (const std::int64_t user : users) {
    std::vector<std::tuple<std::int64_t, std::uint32_t, Item>> events;  // time, random number, item
    for (std::int64_t i = columns.offsets[user]; i < columns.offsets[user + 1]; ++i) {
      const std::int64_t item = columns.items[i] - 1;
      events.emplace_back(columns.times[i], draw(columns.user_ids[user], columns.item_ids[item]),
                          static_cast<Item>(places[item] + 1));
    }
    std::sort(events.begin(), events.end());
    for (const auto& [time, number, item] : events) {
      sorted.times.push_back(time);
      sorted.items.push_back(item);
    }
    sorted.offsets.push_back(static_cast<std::int64_t>(sorted.items.size()));
  }
  for (const FieldColumn& column : columns.fields)
    sorted.fields.push_back(column.field.sparse ? sparse_in_order(column, items)
                                                : dense_in_order(column, items));
  return sorted;
}

}  // namespace pebench::data
