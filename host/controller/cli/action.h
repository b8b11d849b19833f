#pragma once

#include <functional>

namespace pebench::cli {

/// What the verb on the command line does; returns the exit code. add_<verb>() in verb_<verb>.h declares the
/// verb's arguments and, in its callback, stores this in the Action it was given. It runs after parsing, so
/// that it may throw InputError.
using Action = std::function<int()>;

}  // namespace pebench::cli
