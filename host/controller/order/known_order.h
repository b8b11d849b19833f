#pragma once

#include <optional>

#include "host/controller/order/test_of_order.h"
#include "host/data/dataset.h"

namespace pebench::order {

/// Raised when test() or what it takes of a data set gives other numbers.
constexpr int order_version = 2;

/// What the cache knows of the order in a data set; nothing where it was not tested yet. What cannot be read
/// is tested again.
std::optional<Finding> known_order(const data::Dataset& data);

/// The same, tested where it is not known, in seconds, and kept in the cache where there is one. The data set
/// is to be opened without attributes, under which it is known.
Finding order_of(const data::Dataset& data);

}  // namespace pebench::order
