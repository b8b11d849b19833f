#pragma once

#include <string>
#include <string_view>

namespace pebench::terminal {

/// The text with every control character but tab and line break as \xNN, so that what a file contains cannot
/// colour a terminal or set its title.
std::string printable(std::string_view text);

}  // namespace pebench::terminal
