#include "host/terminal/columns.h"

#include <sys/ioctl.h>

namespace pebench::terminal {

std::optional<std::size_t> columns_of(std::FILE* file) {
  winsize size{};
  const bool known = ::ioctl(::fileno(file), TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  return known ? std::optional<std::size_t>(size.ws_col) : std::nullopt;
}

}  // namespace pebench::terminal
