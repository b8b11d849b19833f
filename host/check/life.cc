#include "host/check/check.h"

namespace pebench::check {

std::vector<Check> life_checks() { return {}; }

}  // namespace pebench::check
