#pragma once

#include <string>

namespace pebench::terminal {

/// "0.4 s", "12 s", "3 min 12 s", "1 h 05 min", "2 d 03 h".
std::string duration_text(double seconds);

}  // namespace pebench::terminal
