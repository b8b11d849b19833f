#include "host/controller/suite/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

#include "host/base/nearest.h"

namespace pebench::suite {
namespace {

using contract::Interval;
using contract::Key;
using contract::KeyType;
using contract::Pattern;
using contract::Words;

constexpr double infinity = std::numeric_limits<double>::infinity();

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

bool is_list(const Key& key) { return key.type == KeyType::integers || key.type == KeyType::texts; }

/// One value of the key's type, of a list one element; nothing for a node of another type.
std::optional<nlohmann::json> typed(const Key& key, const toml::node& node) {
  const auto integer = node.value_exact<std::int64_t>();
  switch (key.type) {
    case KeyType::integer:
    case KeyType::integers:
      if (integer) return *integer;
      return std::nullopt;
    case KeyType::number:
      if (integer) return static_cast<double>(*integer);
      if (auto number = node.value_exact<double>())
        return *number == infinity ? nlohmann::json() : nlohmann::json(*number);
      return std::nullopt;
    case KeyType::flag:
      if (auto flag = node.value_exact<bool>()) return *flag;
      return std::nullopt;
    default:
      if (auto text = node.value_exact<std::string>()) return *text;
      return std::nullopt;
  }
}

/// What to write in place of a value that has another type or is out of range.
std::string wanted(const Key& key) {
  const auto* interval = std::get_if<Interval>(&key.allowed);
  switch (key.type) {
    case KeyType::integer:
    case KeyType::integers:
      return "an integer " + interval->text();
    case KeyType::number:
      return "a number " + interval->text();
    case KeyType::flag:
      return "true or false";
    default:
      if (const auto* words = std::get_if<Words>(&key.allowed); words != nullptr && !is_list(key))
        return fmt::format("one of \"{}\"", fmt::join(*words, "\", \""));
      return "a text in quotes";
  }
}

nlohmann::json read_one(const Key& key, const toml::node& node, const std::string& file) {
  const auto value = typed(key, node);
  const auto* words = std::get_if<Words>(&key.allowed);
  const bool may_be_empty = words != nullptr && !is_list(key);  // no word is, and the error names them
  if (!value || (*value == "" && !may_be_empty)) refuse_value(key, node, file, wanted(key));
  if (key.allows(*value)) return *value;
  if (words != nullptr) refuse_word(key.full_name(), value->get<std::string>(), *words, place_of(node, file));
  if (const auto* pattern = std::get_if<Pattern>(&key.allowed))
    refuse(place_of(node, file),
           fmt::format("{} = \"{}\" {}", key.full_name(), value->get<std::string>(), pattern->remedy));
  refuse_value(key, node, file, wanted(key));
}

nlohmann::json read_list(const Key& key, const toml::node& node, const std::string& file) {
  const toml::array* array = node.as_array();
  if (array == nullptr) refuse_value(key, node, file, "an array in [brackets]");
  if (array->empty())
    refuse(place_of(node, file), fmt::format("{} is empty; name at least one", key.full_name()));
  auto list = nlohmann::json::array();
  for (const toml::node& element : *array) {
    const auto value = read_one(key, element, file);
    if (std::find(list.begin(), list.end(), value) != list.end())
      refuse_value(key, element, file, key.type == KeyType::integers ? "each number once" : "each name once");
    list.push_back(value);
  }
  return list;
}

}  // namespace

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

std::unique_ptr<toml::node> toml_of(const nlohmann::json& value) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (value.is_boolean()) return std::make_unique<toml::value<bool>>(value.get<bool>());
  if (value.is_number_integer())
    return std::make_unique<toml::value<std::int64_t>>(value.get<std::int64_t>());
  if (value.is_number()) return std::make_unique<toml::value<double>>(value.get<double>());
  if (value.is_null() || value == "inf") return std::make_unique<toml::value<double>>(infinity);
  if (value.is_string()) return std::make_unique<toml::value<std::string>>(value.get<std::string>());
  return nullptr;
}

nlohmann::json read_value(const Key& key, const toml::node& node, const std::string& file) {
  return is_list(key) ? read_list(key, node, file) : read_one(key, node, file);
}

void refuse_value(const Key& key, const toml::node& node, const std::string& file, std::string_view wanted) {
  refuse(place_of(node, file),
         fmt::format("{} = {} will not do; write {}", key.full_name(), shown(node), wanted));
}

void refuse_word(const std::string& what, const std::string& word, const Words& known, const Place& place) {
  refuse(place, fmt::format("{} = \"{}\" is unknown; {}", what, word, base::remedy(word, known)));
}

}  // namespace pebench::suite
