#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench verify RESULTS... [--json]: whether records, rank files and locks are as they were written.
void add_verify(CLI::App& app, Action& action);

}  // namespace pebench::cli
