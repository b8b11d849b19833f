#include "host/controller/export/settings.h"

#include "host/contract/fields.h"

namespace pebench::exporting {
namespace {

using Settings = std::map<std::string, nlohmann::json>;

void collect(const std::string& key, const nlohmann::json& value, Settings& settings) {
  if (!value.is_object()) {
    settings[key] = value;
    return;
  }
  for (const auto& [name, inner] : value.items())
    collect(key.empty() ? name : key + "." + name, inner, settings);
}

}  // namespace

Settings settings_of(const nlohmann::json& identity) {
  Settings settings;
  for (const auto& [name, value] : identity.items()) collect(name == "settings" ? "" : name, value, settings);
  return settings;
}

std::string plain(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : contract::dump(value);
}

}  // namespace pebench::exporting
