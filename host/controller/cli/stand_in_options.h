#pragma once

#include <CLI/CLI.hpp>

#include "host/controller/suite/suite.h"

namespace pebench::cli {

/// --smoke and --look-alike.
struct StandIn {
  bool smoke = false, look_alike = false;

  void add_to(CLI::App& verb);
  suite::Suite applied(suite::Suite suite) const;
};

}  // namespace pebench::cli
