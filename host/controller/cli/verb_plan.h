#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench plan SUITE [--json]: the trials that a run would start, its data, and what its seeds can show.
void add_plan(CLI::App& app, Action& action);

}  // namespace pebench::cli
