#include "host/contract/key.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <regex>

namespace pebench::contract {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Whether one value, or one element of a list, is among what is allowed.
struct Allows {
  const nlohmann::json& value;

  bool operator()(const Free&) const { return true; }
  bool operator()(const Interval& interval) const {
    return interval.contains(value.is_null() ? infinity : value.get<double>());
  }
  bool operator()(const Words& words) const {
    return std::find(words.begin(), words.end(), value.get<std::string>()) != words.end();
  }
  bool operator()(const Pattern& pattern) const {
    return std::regex_match(value.get<std::string>(), std::regex(pattern.expression));
  }
};

}  // namespace

Interval at_least(double low) { return {low, infinity, true, false}; }
Interval above(double low) { return {low, infinity, false, false}; }
Interval above_or_inf(double low) { return {low, infinity, false, true}; }
Interval between(double low, double high) { return {low, high, true, true}; }
Interval inside(double low, double high) { return {low, high, false, false}; }
Interval up_to(double low, double high) { return {low, high, true, false}; }

bool Interval::contains(double value) const {
  return (value > low || (low_included && value == low)) &&
         (value < high || (high_included && value == high));
}

std::string Interval::text() const {
  if (std::isinf(low) && std::isinf(high)) return "of any finite size";
  if (std::isinf(high))
    return fmt::format("{} {}{}", low_included ? "at least" : "above", low, high_included ? " or inf" : "");
  if (low_included && high_included) return fmt::format("from {} to {}", low, high);
  return fmt::format("in {}{}, {}{}", low_included ? '[' : '(', low, high, high_included ? ']' : ')');
}

Initial initially(nlohmann::json value) { return {std::move(value), {}, {}}; }
Initial required(std::string example, std::string when) {
  return {std::nullopt, std::move(example), std::move(when)};
}
Initial otherwise(std::string text) { return {std::nullopt, {}, std::move(text)}; }

std::string Key::full_name() const { return section.empty() ? name : section + "." + name; }

bool Key::allows(const nlohmann::json& value) const {
  const auto allows = [&](const nlohmann::json& one) { return std::visit(Allows{one}, allowed); };
  return value.is_array() ? std::all_of(value.begin(), value.end(), allows) : allows(value);
}

}  // namespace pebench::contract
