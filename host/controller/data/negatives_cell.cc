#include "host/controller/data/negatives_cell.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "host/base/error.h"
#include "host/controller/data/one_line_text.h"
#include "host/controller/data/python_literal.h"
#include "host/data/negatives_text.h"

namespace pebench::data {
namespace {

using Ids = std::vector<std::string>;

constexpr const char *between = " ,;|\t", *only_of_lists = "[](){}\"'";

/// What Pandas and others write for nothing.
bool is_nothing(std::string_view cell) {
  return cell == "nan" || cell == "NaN" || cell == "None" || cell == "null" || cell == "NULL";
}

Ids words_of(std::string_view cell) {
  Ids words;
  for (std::size_t from = cell.find_first_not_of(between); from != std::string_view::npos;) {
    const std::size_t end = std::min(cell.find_first_of(between, from), cell.size());
    words.emplace_back(cell.substr(from, end - from));
    from = cell.find_first_not_of(between, end);
  }
  return words;
}

/// Nothing for what is no list of ids.
std::optional<Ids> ids_of(std::string_view cell) {
  const std::size_t first = cell.find_first_not_of(" \t");
  if (first == std::string_view::npos || is_nothing(cell)) return Ids();
  if (cell[first] != '[' && cell[first] != '(') {
    if (cell.find_first_of(only_of_lists) != std::string_view::npos) return std::nullopt;
    return words_of(cell);
  }
  auto list = nlohmann::json::parse(cell, nullptr, /*allow_exceptions=*/false);
  if (list.is_discarded()) list = python_literal(cell).value_or(nullptr);
  if (!list.is_array()) return std::nullopt;
  Ids ids;
  for (const auto& id : list) {
    if (!id.is_string() && !id.is_number_integer()) return std::nullopt;
    ids.push_back(id.is_string() ? id.get<std::string>() : id.dump());
  }
  return ids;
}

}  // namespace

std::string negatives_cell(std::string_view cell, const Spot& spot) {
  const auto ids = ids_of(cell);
  if (!ids)
    throw base::InputError(fmt::format(
        "{}: the negatives '{:.60}' are no list of items: write [\"a\", \"b\"] or ids with blanks between",
        spot.text(), cell));
  nlohmann::json list = nlohmann::json::array();
  std::unordered_set<std::string_view> met;
  for (const std::string& id : *ids) {
    if (const char* fault = id.empty() ? "is empty: remove it" : fault_of(id))
      throw base::InputError(fmt::format("{}: one of the negatives {}", spot.text(), fault));
    if (met.insert(id).second) list.push_back(id);
  }
  return list.empty() ? std::string() : list.dump();
}

void list_negatives(EventCollector& events) {
  static const std::filesystem::path nowhere = "the negatives";
  for (const FeatureCollector& feature : events.features()) {
    if (feature.name() != negatives_feature) continue;
    const auto texts = feature.words();
    if (texts.empty())
      throw base::InputError("negatives are named, and no event has any: look at the name of their column");
    for (const std::string& text : texts)
      for (const std::string& id : ids_in(text)) events.list_item(id, {&nowhere, 0});
  }
}

std::vector<Item> named_as_negatives(const Columns& columns, const std::vector<std::int64_t>& events) {
  std::vector<Item> items;
  const EventColumn* negatives = event_column(columns, negatives_feature);
  if (negatives == nullptr) return items;
  std::unordered_map<std::string_view, Item> number;
  for (std::size_t i = 0; i < columns.item_ids.size(); ++i)
    number[columns.item_ids[i]] = static_cast<Item>(i + 1);
  std::unordered_set<std::int32_t> texts;
  for (const std::int64_t event : events) {
    const std::int32_t text = negatives->ids[static_cast<std::size_t>(event)];
    if (text < 0 || !texts.insert(text).second) continue;
    for (const std::string& id : ids_in(negatives->vocabulary[static_cast<std::size_t>(text)]))
      if (const auto item = number.find(id); item != number.end()) items.push_back(item->second);
  }
  return items;
}

std::string note_of_negatives(const Columns& columns) {
  const EventColumn* negatives = event_column(columns, negatives_feature);
  if (negatives == nullptr) return {};
  std::vector<std::size_t> sizes;
  for (const std::string& text : negatives->vocabulary) sizes.push_back(ids_in(text).size());
  std::int64_t events = 0;
  std::size_t least = 0, most = 0;
  for (const std::int32_t id : negatives->ids) {
    if (id < 0) continue;
    const std::size_t size = sizes[static_cast<std::size_t>(id)];
    least = events == 0 ? size : std::min(least, size);
    most = std::max(most, size);
    ++events;
  }
  std::string note = fmt::format(
      "negatives are given for {} event{}, {} each; the set \"given\" of protocol.candidates ranks among "
      "them",
      events, events == 1 ? "" : "s",
      least == most ? std::to_string(most) : fmt::format("{} to {}", least, most));
  std::vector<bool> has_event(columns.item_ids.size() + 1, false);
  for (const Item item : columns.items) has_event[static_cast<std::size_t>(item)] = true;
  const auto alone = std::count(has_event.begin() + 1, has_event.end(), false);
  if (alone > 0) {
    const auto first = std::find(has_event.begin() + 1, has_event.end(), false) - has_event.begin();
    note += fmt::format("; {} item{} without events, such as '{:.60}', {} there for them", alone,
                        alone == 1 ? "" : "s", columns.item_ids[static_cast<std::size_t>(first) - 1],
                        alone == 1 ? "is" : "are");
  }
  return note;
}

}  // namespace pebench::data
