#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/controller/order/test_of_order.h"

namespace pebench::order {

/// The verdict with what it rests on, in sentences without a full stop.
std::vector<std::string> explained(const Finding& finding);

/// Why a comparison of encodings means little on such a data set, as a sentence for `plan`, `run` and
/// `report`; nothing where there is order enough or too little is known.
std::optional<std::string> warning(const Finding& finding);

}  // namespace pebench::order
