#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench merge RESULTS... --out FOLDER: the union of one suite's results. Exit code 0, or 2 when records
/// contradict each other.
void add_merge(CLI::App& app, Action& action);

}  // namespace pebench::cli
