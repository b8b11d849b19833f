#pragma once

#include <CLI/CLI.hpp>

#include "host/cli/action.h"

namespace pebench::cli {

/// pebench report RESULTS [--json]: the table, from records alone.
void add_report(CLI::App& app, Action& action);

}  // namespace pebench::cli
