#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench export RESULTS --format F --out PATH [--ranks]: all that records hold, for other programs.
void add_export(CLI::App& app, Action& action);

}  // namespace pebench::cli
