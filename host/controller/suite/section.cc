#include "host/controller/suite/section.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "host/base/nearest.h"

namespace pebench::suite {
namespace {

std::string type_of(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "an array";
    case toml::node_type::string:
      return "a string";
    case toml::node_type::integer:
      return "an integer";
    case toml::node_type::floating_point:
      return "a real number";
    case toml::node_type::boolean:
      return "a boolean";
    default:
      return "a date or time";
  }
}

/// `"ninety" (a string)`, or the type alone for what is long.
std::string shown(const toml::node& node) {
  if (node.is_table() || node.is_array()) return type_of(node);
  std::ostringstream text;
  node.visit([&](const auto& value) { text << value; });
  return fmt::format("{} ({})", text.str(), type_of(node));
}

/// The integer, or nothing when the node is anything else or lies outside.
std::optional<std::int64_t> integer_in(const toml::node& node, const Interval& range) {
  auto value = node.value_exact<std::int64_t>();
  if (value && !range.contains(static_cast<double>(*value))) return std::nullopt;
  return value;
}

template <class Values>
bool repeats_last(const Values& values) {
  return std::find(values.begin(), values.end() - 1, values.back()) != values.end() - 1;
}

}  // namespace

Interval Interval::at_least(double low) {
  return {low, std::numeric_limits<double>::infinity(), true, false};
}
Interval Interval::above(double low) { return {low, std::numeric_limits<double>::infinity(), false, false}; }
Interval Interval::between(double low, double high) { return {low, high, true, true}; }

bool Interval::contains(double value) const {
  return (value > low || (low_included && value == low)) &&
         (value < high || (high_included && value == high));
}

std::string Interval::text() const {
  if (std::isinf(high))
    return fmt::format("{} {}{}", low_included ? "at least" : "above", low, high_included ? " or inf" : "");
  if (low_included && high_included) return fmt::format("from {} to {}", low, high);
  return fmt::format("in {}{}, {}{}", low_included ? '[' : '(', low, high, high_included ? ']' : ')');
}

Place place_of(const toml::node& node, const std::string& file) {
  auto begin = node.source().begin;
  return {file, begin.line, begin.column};
}

std::optional<nlohmann::json> json_of(const toml::node& node) {
  if (auto value = node.value_exact<bool>()) return *value;
  if (auto value = node.value_exact<std::int64_t>()) return *value;
  if (auto value = node.value_exact<double>()) {
    if (std::isfinite(*value)) return *value;
    return std::isnan(*value) ? "nan" : *value > 0 ? "inf" : "-inf";
  }
  if (auto value = node.value_exact<std::string>()) return *value;
  if (const toml::array* array = node.as_array()) {
    auto list = nlohmann::json::array();
    for (const toml::node& element : *array) {
      auto value = json_of(element);
      if (!value) return std::nullopt;
      list.push_back(*value);
    }
    return list;
  }
  return std::nullopt;
}

Section::Section(std::string name, const toml::table* table, Place place)
    : name_(std::move(name)), table_(table), place_(std::move(place)) {}

void Section::replace(const std::string& key, const toml::node& value) { replaced_[key] = &value; }

bool Section::has(const std::string& key) { return find(key) != nullptr; }

Place Section::place(const std::string& key) const {
  const toml::node* node = lookup(key);
  return node != nullptr ? place_of(*node, place_.file) : place_;
}

Place Section::place_of_any(const std::vector<std::string>& keys) const {
  for (const std::string& key : keys)
    if (replaced_.count(key) != 0) return place(key);
  for (const std::string& key : keys)
    if (lookup(key) != nullptr) return place(key);
  return place_;
}

std::string Section::full_name(const std::string& key) const {
  return name_.empty() ? key : name_ + "." + key;
}

const toml::node* Section::lookup(const std::string& key) const {
  if (auto replaced = replaced_.find(key); replaced != replaced_.end()) return replaced->second;
  return table_ != nullptr ? table_->get(key) : nullptr;
}

const toml::node* Section::find(const std::string& key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.push_back(key);
  return lookup(key);
}

void Section::refuse_value(const std::string& key, const toml::node& value, std::string_view wanted) const {
  refuse(place_of(value, place_.file),
         fmt::format("{} = {} will not do; write {}", full_name(key), shown(value), wanted));
}

bool Section::read(const std::string& key, std::int64_t& value, Interval range) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  auto integer = integer_in(*node, range);
  if (!integer) refuse_value(key, *node, "an integer " + range.text());
  value = *integer;
  return true;
}

bool Section::read(const std::string& key, double& value, Interval range) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  auto number = node->value_exact<double>();
  if (auto integer = node->value_exact<std::int64_t>()) number = static_cast<double>(*integer);
  if (!number || !range.contains(*number)) refuse_value(key, *node, "a number " + range.text());
  value = *number;
  return true;
}

bool Section::read(const std::string& key, bool& value) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  auto boolean = node->value_exact<bool>();
  if (!boolean) refuse_value(key, *node, "true or false");
  value = *boolean;
  return true;
}

bool Section::read(const std::string& key, std::string& value) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  auto text = node->value_exact<std::string>();
  if (!text || text->empty()) refuse_value(key, *node, "a text in quotes");
  value = *text;
  return true;
}

bool Section::read(const std::string& key, std::string& value, const std::vector<std::string>& choices) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  auto text = node->value_exact<std::string>();
  if (!text) refuse_value(key, *node, fmt::format("one of \"{}\"", fmt::join(choices, "\", \"")));
  if (std::find(choices.begin(), choices.end(), *text) == choices.end())
    refuse(place(key),
           fmt::format("{} = \"{}\" is unknown; {}", full_name(key), *text, base::remedy(*text, choices)));
  value = *text;
  return true;
}

const toml::array* Section::list(const std::string& key) {
  const toml::node* node = find(key);
  if (node == nullptr) return nullptr;
  const toml::array* array = node->as_array();
  if (array == nullptr) refuse_value(key, *node, "an array in [brackets]");
  if (array->empty()) refuse(place(key), fmt::format("{} is empty; name at least one", full_name(key)));
  return array;
}

bool Section::read(const std::string& key, std::vector<std::int64_t>& values, Interval range) {
  const toml::array* array = list(key);
  if (array == nullptr) return false;
  values.clear();
  for (const toml::node& element : *array) {
    auto integer = integer_in(element, range);
    if (!integer) refuse_value(key, element, "an integer " + range.text());
    values.push_back(*integer);
    if (repeats_last(values)) refuse_value(key, element, "each number once");
  }
  return true;
}

bool Section::read(const std::string& key, std::vector<std::string>& values) {
  const toml::array* array = list(key);
  if (array == nullptr) return false;
  values.clear();
  for (const toml::node& element : *array) {
    auto text = element.value_exact<std::string>();
    if (!text || text->empty()) refuse_value(key, element, "a text in quotes");
    values.push_back(*text);
    if (repeats_last(values)) refuse_value(key, element, "each name once");
  }
  return true;
}

void Section::require(const std::string& key, std::string_view example) {
  if (has(key)) return;
  for (const auto& [written, place] : unknown())
    if (base::nearest(written, {key}) != nullptr)
      refuse(place, fmt::format("{} is unknown; did you mean \"{}\"?", full_name(written), key));
  refuse(place_, fmt::format("{} is missing; write for example {}", full_name(key), example));
}

Section Section::table(const std::string& key) {
  const toml::node* node = find(key);
  if (node == nullptr) return {full_name(key), nullptr, place_};
  if (!node->is_table()) refuse_value(key, *node, fmt::format("a table, [{}] or {{ ... }}", full_name(key)));
  return {full_name(key), node->as_table(), place(key)};
}

std::vector<Section> Section::tables(const std::string& key) {
  const toml::node* node = find(key);
  std::vector<Section> sections;
  if (node == nullptr) return sections;
  const toml::array* array = node->as_array();
  if (array == nullptr) refuse_value(key, *node, fmt::format("[[{}]] above each", key));
  for (const toml::node& element : *array) {
    if (!element.is_table()) refuse_value(key, element, fmt::format("[[{}]] above each", key));
    sections.emplace_back(full_name(key), element.as_table(), place_of(element, place_.file));
  }
  return sections;
}

std::vector<std::pair<std::string, const toml::node*>> Section::entries() {
  std::vector<std::pair<std::string, const toml::node*>> found;
  if (table_ == nullptr) return found;
  for (const auto& [key, value] : *table_) {
    found.emplace_back(std::string(key.str()), &value);
    known_.emplace_back(key.str());
  }
  return found;
}

std::vector<Place> Section::places(const std::string& key) const {
  std::vector<Place> places;
  if (const toml::node* node = lookup(key); node != nullptr && node->is_array())
    for (const toml::node& element : *node->as_array()) places.push_back(place_of(element, place_.file));
  return places;
}

std::vector<std::pair<std::string, Place>> Section::unknown() const {
  std::vector<std::pair<std::string, Place>> found;
  auto add = [&](const std::string& key, Place place) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end())
      found.emplace_back(key, std::move(place));
  };
  if (table_ != nullptr)
    for (const auto& [key, value] : *table_) {
      auto begin = key.source().begin;
      add(std::string(key.str()), {place_.file, begin.line, begin.column});
    }
  for (const auto& [key, value] : replaced_) add(key, place_of(*value, place_.file));
  return found;
}

void Section::finish() const {
  for (const auto& [key, place] : unknown())
    refuse(place, fmt::format("{} is unknown; {}", full_name(key), base::remedy(key, known_)));
}

}  // namespace pebench::suite
