#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench replay ID RESULTS: runs a trial again, elsewhere, and compares. Exit code 0 when the result is the
/// same, 1 when it is not, 2 when the trial cannot be run again, 128 + the signal's number when interrupted.
void add_replay(CLI::App& app, Action& action);

}  // namespace pebench::cli
