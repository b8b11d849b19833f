#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace pebench::exporting {

/// What a trial's identity holds, by keys: settings as suites name them ("model.blocks"), all else by its
/// place ("encoder.options.base", "data_hash"). Lists stay whole.
std::map<std::string, nlohmann::json> settings_of(const nlohmann::json& identity);

/// A text as it is, any other value as JSON.
std::string plain(const nlohmann::json& value);

}  // namespace pebench::exporting
