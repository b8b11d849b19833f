#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// `pebench check PLUGIN`: puts a plugin to the promises of pebench.h. Exits with 0 if nothing failed, 1 if
/// something did.
void add_check(CLI::App& app, Action& action);

}  // namespace pebench::cli
