#include "host/terminal/colour.h"

#include <unistd.h>

#include <cstdlib>

namespace pebench::terminal {

bool may_colour(std::FILE* file) {
  const char* refused = std::getenv("NO_COLOR");
  return ::isatty(::fileno(file)) != 0 && (refused == nullptr || *refused == '\0');
}

}  // namespace pebench::terminal
