#include "host/controller/tune/request.h"

#include <fmt/format.h>

#include "host/base/error.h"

namespace pebench::tune {
namespace {

constexpr const char* example = R"('{"train.lr": 0.001, "options.base": 500}')";
constexpr std::string_view option_prefix = "options.";

}  // namespace

Configuration parse_configuration(const std::string& text, const std::string& encoding) {
  const auto json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object())
    throw base::InputError(
        fmt::format("--configuration {} is no JSON object; write for example {}", text, example));
  const suite::Place place{"--configuration", 0, 0};
  Configuration configuration;
  for (const auto& [key, value] : json.items()) {
    if (key == "train.epochs") suite::refuse(place, "train.epochs is what --epochs says; remove it");
    if (key.compare(0, option_prefix.size(), option_prefix) == 0)
      configuration.options[encoding].push_back({key.substr(option_prefix.size()), value, place});
    else
      configuration.settings.push_back({key, value, place});
  }
  return configuration;
}

}  // namespace pebench::tune
