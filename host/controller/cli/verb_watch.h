#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench watch RESULTS [--port N]: the page of a run while it runs, for browsers of this machine.
void add_watch(CLI::App& app, Action& action);

}  // namespace pebench::cli
