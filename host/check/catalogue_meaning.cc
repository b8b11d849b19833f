#include "host/check/catalogue.h"

namespace pebench::check {

std::vector<Row> meaning_rows() { return {}; }

}  // namespace pebench::check
