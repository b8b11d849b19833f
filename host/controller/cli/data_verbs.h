#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/cli/action.h"

namespace pebench::cli {

/// What stands below `pebench data`, each in a file of its name.
void add_data_import(CLI::App& data, Action& action);
void add_data_filter(CLI::App& data, Action& action);
void add_data_synthesise(CLI::App& data, Action& action);
void add_data_info(CLI::App& data, Action& action);
void add_data_list(CLI::App& data, Action& action);
void add_data_verify(CLI::App& data, Action& action);
void add_data_export(CLI::App& data, Action& action);

}  // namespace pebench::cli
