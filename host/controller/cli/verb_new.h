#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// pebench new NAME --lang LANGUAGE [--into FOLDER]: a small project of an encoding that builds and runs as
/// it is.
void add_new(CLI::App& app, Action& action);

}  // namespace pebench::cli
