#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench data import|synthesise|info: makes data sets and describes them.
void add_data(CLI::App& app, Action& action);

}  // namespace pebench::cli
