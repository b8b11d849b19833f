#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench report RESULTS [--format F] [--out FILE] [--write]: tables, statistics and claims, from records
/// alone.
void add_report(CLI::App& app, Action& action);

}  // namespace pebench::cli
