#pragma once

#include "host/controller/data/describe.h"

namespace pebench::data {

/// What leave-one-out asks for and what it lets a model know.
Tested describe_tested(const Dataset& data);

}  // namespace pebench::data
