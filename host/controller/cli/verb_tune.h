#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench tune SUITE: every encoding's best settings within the same budget, by validation.
void add_tune(CLI::App& app, Action& action);

}  // namespace pebench::cli
