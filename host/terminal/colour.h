#pragma once

#include <cstdio>

namespace pebench::terminal {

/// Whether text written to `file` may be coloured: it is a terminal, and NO_COLOR (no-color.org) is not set.
bool may_colour(std::FILE* file);

}  // namespace pebench::terminal
