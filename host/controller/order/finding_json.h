#pragma once

#include <nlohmann/json.hpp>

#include "host/controller/order/test_of_order.h"

namespace pebench::order {

/// As `pebench data info --json` prints it and the cache keeps it.
void to_json(nlohmann::json& json, const Finding& finding);
/// Throws nlohmann::json::exception or std::invalid_argument for anything else.
void from_json(const nlohmann::json& json, Finding& finding);

}  // namespace pebench::order
