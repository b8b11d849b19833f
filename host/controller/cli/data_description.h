#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "host/controller/data/describe.h"
#include "host/controller/order/test_of_order.h"

namespace pebench::cli {

/// A data set's description as a table, and for programs.
std::string text_of(const data::Description& found, bool colour);
nlohmann::json json_of(const data::Description& found);

/// What the test of order found, as a table and sentences, verdict first.
std::string text_of(const order::Finding& found, bool colour);

}  // namespace pebench::cli
