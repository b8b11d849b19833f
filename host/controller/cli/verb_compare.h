#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench compare FIRST SECOND [--json]: two runs, trial by trial. Exit code 0 when they are the same, 1
/// when they differ, 2 when they cannot be compared.
void add_compare(CLI::App& app, Action& action);

}  // namespace pebench::cli
