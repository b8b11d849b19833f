#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench run SUITE: runs the trials that have no record yet, or this machine's share of them, and shows the
/// table. Exit code 0 when every trial of it is ok, 1 when some are not, 128 + the signal's number when
/// interrupted.
void add_run(CLI::App& app, Action& action);

}  // namespace pebench::cli
