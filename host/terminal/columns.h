#pragma once

#include <cstddef>
#include <cstdio>
#include <optional>

namespace pebench::terminal {

/// How many columns the terminal has that `file` is; nothing where it is none, or does not tell.
std::optional<std::size_t> columns_of(std::FILE* file);

}  // namespace pebench::terminal
