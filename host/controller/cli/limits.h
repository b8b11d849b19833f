#pragma once

#include "host/controller/run/limits.h"
#include "host/controller/suite/suite.h"

namespace pebench::cli {

/// A suite's [limits] as a run takes them.
run::Limits limits_of(const suite::Limits& limits);

}  // namespace pebench::cli
