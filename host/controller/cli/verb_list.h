#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench list [NAME|PATH] [--json]: the plugins that suites can name, with their options.
void add_list(CLI::App& app, Action& action);

}  // namespace pebench::cli
