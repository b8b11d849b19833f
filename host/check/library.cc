#include "host/check/check.h"

namespace pebench::check {

std::vector<Check> library_checks() { return {}; }

}  // namespace pebench::check
