#include "host/check/catalogue.h"

namespace pebench::check {

std::vector<Row> library_rows() { return {}; }

}  // namespace pebench::check
