#include "host/controller/data/line_order.h"

#include <algorithm>
#include <cmath>
#include <limits>
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

/// What decides an event's place in its user's history.
struct Place {
  std::int64_t time;
  std::uint32_t number;  // drawn
  Item item;
  std::int64_t event;
};

/// An order of events that differ in nothing but their features.
bool features_before(const Columns& columns, std::int64_t a, std::int64_t b) {
  for (const EventColumn& column : columns.event_fields) {
    if (column.field.sparse) {
      const auto word = [&](std::int64_t event) {
        return column.ids[event] < 0 ? std::string() : column.vocabulary[column.ids[event]];
      };
      if (word(a) != word(b)) return word(a) < word(b);
    } else {
      const auto number = [&](std::int64_t event) {
        return std::isnan(column.values[event]) ? -std::numeric_limits<float>::infinity()
                                                : column.values[event];
      };
      if (number(a) != number(b)) return number(a) < number(b);
    }
  }
  return false;
}

/// Categories in the order of their names.
void sort_words(FieldColumn& column) {
  const auto words = by_name(column.vocabulary);
  const auto places = places_in(words);
  column.vocabulary = in_order(column.vocabulary, words);
  for (std::int32_t& id : column.ids) id = static_cast<std::int32_t>(places[id]);
  for (std::size_t row = 0; row + 1 < column.offsets.size(); ++row)
    std::sort(column.ids.begin() + column.offsets[row], column.ids.begin() + column.offsets[row + 1]);
}

void sort_words(EventColumn& column) {
  const auto words = by_name(column.vocabulary);
  const auto places = places_in(words);
  column.vocabulary = in_order(column.vocabulary, words);
  for (std::int32_t& id : column.ids)
    if (id >= 0) id = static_cast<std::int32_t>(places[id]);
}

}  // namespace

Columns without_line_order(const Columns& columns) {
  Choice choice;
  for (const std::int64_t user : by_name(columns.user_ids)) choice.users.push_back(static_cast<User>(user));
  for (const std::int64_t item : by_name(columns.item_ids))
    choice.items.push_back(static_cast<Item>(item + 1));
  std::vector<Item> places(choice.items.size() + 1);
  for (std::size_t i = 0; i < choice.items.size(); ++i) places[choice.items[i]] = static_cast<Item>(i + 1);
  for (const User user : choice.users) {
    std::vector<Place> events;
    for (std::int64_t i = columns.offsets[user]; i < columns.offsets[user + 1]; ++i)
      events.push_back({columns.times[i],
                        draw(columns.user_ids[user], columns.item_ids[columns.items[i] - 1]),
                        places[columns.items[i]], i});
    std::sort(events.begin(), events.end(), [&](const Place& a, const Place& b) {
      const auto key = [](const Place& place) { return std::tie(place.time, place.number, place.item); };
      return key(a) != key(b) ? key(a) < key(b) : features_before(columns, a.event, b.event);
    });
    for (const Place& place : events) choice.events.push_back(place.event);
  }
  Columns sorted = chosen(columns, choice);
  for (FieldColumn& column : sorted.fields)
    if (column.field.sparse) sort_words(column);
  for (EventColumn& column : sorted.event_fields)
    if (column.field.sparse) sort_words(column);
  return sorted;
}

}  // namespace pebench::data
