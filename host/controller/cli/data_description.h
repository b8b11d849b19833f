#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "host/controller/data/describe.h"

namespace pebench::cli {

/// A data set's description as a table, and for programs.
std::string text_of(const data::Description& found, bool colour);
nlohmann::json json_of(const data::Description& found);

}  // namespace pebench::cli
