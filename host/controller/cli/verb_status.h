#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench status RESULTS [--json]: how many trials are done, failed and missing.
void add_status(CLI::App& app, Action& action);

}  // namespace pebench::cli
