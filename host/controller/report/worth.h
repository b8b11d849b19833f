#pragma once

#include <optional>
#include <string>

#include "host/controller/report/overview.h"

namespace pebench::report {

/// Where the baseline is not above a reference in the primary metric, as a sentence without a full stop at
/// its end; nothing where it is above all of them. Of the references those without an order of events count:
/// popularity, item-to-item and chance. A Markov chain knows what came last, which an encoding is there to
/// tell a model that does not.
std::optional<std::string> shortfall_of_baseline(const Overview& overview);

}  // namespace pebench::report
