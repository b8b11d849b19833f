#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench data import|filter|synthesise|info|list|verify|export: makes data sets, describes and checks them.
void add_data(CLI::App& app, Action& action);

}  // namespace pebench::cli
