#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "host/cli/action.h"
#include "host/report/reporter.h"

namespace pebench::cli {

/// A verb that only reads results: pebench <name> RESULTS [--json].
struct PresentingVerb {
  std::string name;
  std::string description;
  std::string example;
  std::function<report::Reporter(bool colour)> text;
  std::function<report::Reporter()> json;
};

/// The verb prints the suites at RESULTS (record::find_suites) and returns 0.
void add_presenting_verb(CLI::App& app, Action& action, const PresentingVerb& verb);

}  // namespace pebench::cli
