#include "host/controller/data/item_values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <regex>
#include <string>

#include "host/controller/data/python_literal.h"

namespace pebench::data {
namespace {

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

/// "$1,299.00": commas stand before groups of three digits alone, so that "12,50" is no price.
std::optional<double> price_of(std::string_view text) {
  static const std::regex form(R"(\$?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?)");
  if (!std::regex_match(text.begin(), text.end(), form)) return std::nullopt;
  std::string digits;
  for (const char c : text)
    if (c != ',' && c != '$') digits += c;
  return number_of(digits);
}

/// The texts of a list, nested or not, without tags of HTML.
void flatten(const nlohmann::json& value, nlohmann::json& words) {
  if (value.is_array())
    for (const auto& inner : value) flatten(inner, words);
  else if (value.is_string() && !value.get_ref<const std::string&>().empty() &&
           value.get_ref<const std::string&>().front() != '<')
    words.push_back(value);
}

}  // namespace

nlohmann::json ItemValues::of(std::string_view text) {
  if (text.empty() || text == field_.nothing) return nullptr;
  switch (field_.meaning) {
    case Meaning::word:
      return std::string(text);
    case Meaning::words:
      return words(text);
    case Meaning::number:
    case Meaning::price:
      return number(text);
    case Meaning::numbers:
      return numbers(text);
    case Meaning::flags:
      break;
  }
  return nullptr;
}

nlohmann::json ItemValues::number(std::string_view text) {
  const auto number = field_.meaning == Meaning::price ? price_of(text) : number_of(text);
  if (!number) ++missing_;
  return number ? nlohmann::json(*number) : nullptr;
}

nlohmann::json ItemValues::words(std::string_view text) const {
  nlohmann::json words = nlohmann::json::array();
  if (text.front() == '[') {
    auto list = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (list.is_discarded()) list = python_literal(text).value_or(nullptr);
    flatten(list, words);
    if (!list.is_null()) return words;
  }
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(field_.separator, from), text.size());
    if (end > from) words.push_back(text.substr(from, end - from));
    from = end + field_.separator.size();
  }
  return words;
}

nlohmann::json ItemValues::numbers(std::string_view text) {
  nlohmann::json numbers = nlohmann::json::array();
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find(' ', from), text.size());
    const auto number = number_of(text.substr(from, end - from));
    if (!number && end > from) {
      ++missing_;
      return nullptr;
    }
    if (number) numbers.push_back(*number);
    from = end + 1;
  }
  return numbers;
}

}  // namespace pebench::data
