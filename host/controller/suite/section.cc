#include "host/controller/suite/section.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "host/base/nearest.h"
#include "host/controller/suite/keys.h"
#include "host/controller/suite/value.h"

namespace pebench::suite {

using contract::Key;
using contract::KeyType;

Section::Section(std::string name, const toml::table* table, Place place)
    : name_(std::move(name)), table_(table), place_(std::move(place)), rows_(keys_of(name_)) {}

void Section::replace(const std::string& key, const toml::node& value, Place place) {
  replaced_[key] = {&value, std::move(place)};
}

bool Section::has_empty_list(const std::string& key) {
  row(key);
  const toml::node* node = find(key);
  return node != nullptr && node->is_array() && node->as_array()->empty();
}

bool Section::has(const std::string& key) { return find(row(key).name) != nullptr; }

Place Section::place(const std::string& key) const {
  if (auto replaced = replaced_.find(key); replaced != replaced_.end()) return replaced->second.place;
  const toml::node* node = find(key);
  return node != nullptr ? place_of(*node, place_.file) : place_;
}

Place Section::place_of_any(const std::vector<std::string>& keys) const {
  for (const std::string& key : keys)
    if (replaced_.count(key) != 0) return place(key);
  for (const std::string& key : keys)
    if (find(key) != nullptr) return place(key);
  return place_;
}

std::vector<Place> Section::places(const std::string& key) const {
  std::vector<Place> places;
  if (const toml::node* node = find(key); node != nullptr && node->is_array())
    for (const toml::node& element : *node->as_array()) places.push_back(place_of(element, place_.file));
  return places;
}

const Key& Section::row(const std::string& key) {
  const auto found =
      std::find_if(rows_.begin(), rows_.end(), [&](const Key* known) { return known->name == key; });
  if (found == rows_.end())
    throw std::logic_error(fmt::format("keys() has no {} in the table \"{}\"", key, name_));
  asked_.insert(key);
  return **found;
}

const Key& Section::row(const std::string& key, KeyType type) {
  const Key& found = row(key);
  if (found.type != type) throw std::logic_error(fmt::format("{} has another type", found.full_name()));
  return found;
}

const toml::node* Section::find(const std::string& key) const {
  if (auto replaced = replaced_.find(key); replaced != replaced_.end()) return replaced->second.value;
  return table_ != nullptr ? table_->get(key) : nullptr;
}

const toml::node* Section::find(const Key& row) const {
  const toml::node* node = find(row.name);
  if (node != nullptr || row.initial.example.empty()) return node;
  for (const auto& [written, place] : unknown())
    if (base::nearest(written, {row.name}) != nullptr)
      refuse(place, fmt::format("{}{} is unknown; did you mean \"{}\"?", name_.empty() ? "" : name_ + ".",
                                written, row.name));
  refuse(place_, fmt::format("{} is missing; write for example {}", row.full_name(), row.initial.example));
}

nlohmann::json Section::value(const std::string& key) {
  const Key& row = this->row(key);
  if (const toml::node* node = find(row)) return read_value(row, *node, place(key).file);
  if (!row.initial.value)
    throw std::logic_error(fmt::format("{} may be absent: ask has() first", row.full_name()));
  return *row.initial.value;
}

std::int64_t Section::integer(const std::string& key) {
  row(key, KeyType::integer);
  return value(key).get<std::int64_t>();
}

double Section::number(const std::string& key) {
  row(key, KeyType::number);
  return value(key).get<double>();
}

bool Section::flag(const std::string& key) {
  row(key, KeyType::flag);
  return value(key).get<bool>();
}

std::string Section::text(const std::string& key) {
  row(key, KeyType::text);
  return value(key).get<std::string>();
}

std::string Section::text(const std::string& key, const contract::Words& names) {
  Key narrowed = row(key, KeyType::text);
  narrowed.allowed = names;
  const toml::node* node = find(narrowed);
  if (node == nullptr) throw std::logic_error(fmt::format("{}: ask has() first", narrowed.full_name()));
  return read_value(narrowed, *node, place_.file).get<std::string>();
}

std::vector<std::int64_t> Section::integers(const std::string& key) {
  row(key, KeyType::integers);
  return value(key).get<std::vector<std::int64_t>>();
}

std::vector<std::string> Section::texts(const std::string& key) {
  row(key, KeyType::texts);
  return value(key).get<std::vector<std::string>>();
}

const contract::Words& Section::words(const std::string& key) {
  return std::get<contract::Words>(row(key).allowed);
}

Section Section::table(const std::string& key) {
  const Key& row = this->row(key, KeyType::table);
  const toml::node* node = find(row);
  if (node == nullptr) return {row.full_name(), nullptr, place_};
  if (!node->is_table())
    refuse_value(row, *node, place_.file, fmt::format("a table, [{}] or {{ ... }}", row.full_name()));
  return {row.full_name(), node->as_table(), place(key)};
}

std::vector<Section> Section::tables(const std::string& key) {
  const Key& row = this->row(key, KeyType::tables);
  const toml::node* node = find(row);
  std::vector<Section> sections;
  if (node == nullptr) return sections;
  const std::string wanted = fmt::format("[[{}]] above each", key);
  const toml::array* array = node->as_array();
  if (array == nullptr) refuse_value(row, *node, place_.file, wanted);
  for (const toml::node& element : *array) {
    if (!element.is_table()) refuse_value(row, element, place_.file, wanted);
    sections.emplace_back(row.full_name(), element.as_table(), place_of(element, place_.file));
  }
  return sections;
}

std::vector<std::pair<std::string, const toml::node*>> Section::entries() const {
  std::vector<std::pair<std::string, const toml::node*>> found;
  if (table_ != nullptr)
    for (const auto& [key, value] : *table_) found.emplace_back(std::string(key.str()), &value);
  return found;
}

std::vector<std::string> Section::known() const {
  std::vector<std::string> names;
  for (const Key* row : rows_) names.push_back(row->name);
  return names;
}

std::vector<std::pair<std::string, Place>> Section::unknown() const {
  const std::vector<std::string> names = known();
  std::vector<std::pair<std::string, Place>> found;
  auto add = [&](const std::string& key, Place place) {
    if (std::find(names.begin(), names.end(), key) == names.end()) found.emplace_back(key, std::move(place));
  };
  if (table_ != nullptr)
    for (const auto& [key, value] : *table_) {
      auto begin = key.source().begin;
      add(std::string(key.str()), {place_.file, begin.line, begin.column});
    }
  for (const auto& [key, replaced] : replaced_) add(key, replaced.place);
  return found;
}

void Section::finish() const {
  for (const auto& [key, place] : unknown())
    refuse(place, fmt::format("{}{} is unknown; {}", name_.empty() ? "" : name_ + ".", key,
                              base::remedy(key, known())));
  for (const Key* row : rows_)
    if (asked_.count(row->name) == 0)
      throw std::logic_error(fmt::format("{} has a row in keys(), and nobody reads it", row->full_name()));
}

}  // namespace pebench::suite
