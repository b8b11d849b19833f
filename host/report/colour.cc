#include "host/report/colour.h"

#include <unistd.h>

#include <cstdlib>

namespace pebench::report {

bool may_colour(std::FILE* file) {
  const char* refused = std::getenv("NO_COLOR");
  return ::isatty(::fileno(file)) != 0 && (refused == nullptr || *refused == '\0');
}

}  // namespace pebench::report
