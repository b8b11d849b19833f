#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "host/data/dataset.h"

namespace pebench::cli {

/// What can be reached on a generated data set under the default settings (data::best_reachable), as a table
/// for people, empty for other data, and for programs, null for other data.
std::string reachable_text(const data::Dataset& data, const std::filesystem::path& folder, bool colour);
nlohmann::json reachable_json(const data::Dataset& data, const std::filesystem::path& folder);

}  // namespace pebench::cli
