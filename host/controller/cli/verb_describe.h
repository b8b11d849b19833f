#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench describe LIBRARY: what a plugin says about itself, as JSON. Also the child process of
/// plugin::Describer.
void add_describe(CLI::App& app, Action& action);

}  // namespace pebench::cli
