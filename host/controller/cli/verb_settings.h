#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench settings [NAME] [--json | --markdown]: every key that a suite may have.
void add_settings(CLI::App& app, Action& action);

}  // namespace pebench::cli
