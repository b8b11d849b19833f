#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench judge FILE [options]: the report's tables, verdicts and claims from numbers that were measured
/// elsewhere.
void add_judge(CLI::App& app, Action& action);

}  // namespace pebench::cli
