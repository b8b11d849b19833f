#include "host/plugin/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/error.h"

namespace pebench::plugin {
namespace {

/// An integer beyond this loses digits in peb_value.num.
constexpr std::int64_t largest_integer = std::int64_t{1} << 53;

std::string range_of(const OptionDescriptor& option) {
  if (std::isinf(option.low) && std::isinf(option.high)) return "";
  if (std::isinf(option.high)) return fmt::format(" of at least {}", option.low);
  if (std::isinf(option.low)) return fmt::format(" of at most {}", option.high);
  return fmt::format(" from {} to {}", option.low, option.high);
}

std::string wanted(const OptionDescriptor& option) {
  switch (option.kind) {
    case OptionKind::integer:
      return "an integer" + range_of(option);
    case OptionKind::real:
      return "a number" + range_of(option);
    case OptionKind::boolean:
      return "true or false";
    case OptionKind::choice:
      return fmt::format("one of \"{}\"", fmt::join(option.choices, "\", \""));
    case OptionKind::text:
      return "a text in quotes";
    case OptionKind::file:
      return "the path of a file in quotes";
  }
  return {};
}

/// Nothing that the option can hold gives null.
nlohmann::json convert(const OptionDescriptor& option, const nlohmann::json& value) {
  auto in_range = [&](double number) { return number >= option.low && number <= option.high; };
  switch (option.kind) {
    case OptionKind::integer: {
      if (!value.is_number_integer()) return {};
      auto integer = value.get<std::int64_t>();
      bool exact = integer >= -largest_integer && integer <= largest_integer;
      return exact && in_range(static_cast<double>(integer)) ? nlohmann::json(integer) : nlohmann::json();
    }
    case OptionKind::real: {
      if (!value.is_number()) return {};
      auto number = value.get<double>();
      return std::isfinite(number) && in_range(number) ? nlohmann::json(number) : nlohmann::json();
    }
    case OptionKind::boolean:
      return value.is_boolean() ? value : nlohmann::json();
    case OptionKind::choice: {
      bool known = value.is_string() &&
                   std::find(option.choices.begin(), option.choices.end(), value) != option.choices.end();
      return known ? value : nlohmann::json();
    }
    case OptionKind::text:
    case OptionKind::file:
      return value.is_string() ? value : nlohmann::json();
  }
  return {};
}

double index_of(const std::string& word, const std::vector<std::string>& words) {
  return static_cast<double>(std::find(words.begin(), words.end(), word) - words.begin());
}

}  // namespace

nlohmann::json canonical(const OptionDescriptor& option, const nlohmann::json& value) {
  nlohmann::json converted = convert(option, value);
  if (converted.is_null())
    throw base::InputError(fmt::format("option {} = {} will not do; write {}", option.key,
                                       value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                                       wanted(option)));
  return converted;
}

nlohmann::json with_defaults(const EncoderDescriptor& encoder, const nlohmann::json& options) {
  auto all = nlohmann::json::object();
  for (const OptionDescriptor& option : encoder.options) all[option.key] = option.initial;
  for (const auto& [key, value] : options.items()) {
    const OptionDescriptor* option = encoder.option(key);
    if (option == nullptr)
      throw base::InputError(fmt::format("encoder {} has no option \"{}\"", encoder.id, key));
    all[key] = canonical(*option, value);
  }
  return all;
}

OptionValues::OptionValues(const EncoderDescriptor& encoder, const nlohmann::json& options,
                           const nlohmann::json& files) {
  for (const OptionDescriptor& option : encoder.options) {
    if (!options.contains(option.key))
      throw base::InputError(
          fmt::format("encoder {}: no value is given for option \"{}\"", encoder.id, option.key));
    nlohmann::json value = canonical(option, options.at(option.key));
    peb_value one{};
    if (value.is_string()) {
      bool has_path = option.kind == OptionKind::file && files.contains(option.key);
      texts_.push_back((has_path ? files.at(option.key) : value).get<std::string>());
      one.str = texts_.back().c_str();
      if (option.kind == OptionKind::choice) one.num = index_of(texts_.back(), option.choices);
    } else {
      one.num = value.is_boolean() ? (value.get<bool>() ? 1.0 : 0.0) : value.get<double>();
    }
    values_.push_back(one);
  }
}

}  // namespace pebench::plugin
