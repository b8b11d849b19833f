#pragma once

#include <optional>
#include <string>

#include "host/controller/check/report.h"
#include "host/controller/plugin/describe.h"

namespace pebench::check {

/// What to check of a library.
struct Order {
  std::filesystem::path library;
  std::string encoder;                                       ///< id; empty for all of them
  std::vector<std::pair<std::string, std::string>> options;  ///< key and value as they were written
  std::vector<const Row*> rows;
  std::uint64_t seed = 1;
};

struct Session {
  Report report;
  int signal = 0;  ///< that ended it early; the report is then of no use
};

/// Asks the library to describe itself and runs the rows: those about the library once, the others for each
/// encoder. A library that cannot be described has its encoders' rows skipped; `library.loads` and
/// `library.descriptor` are then run whether they were asked for or not, and say why. Throws base::InputError
/// for an encoder or option that is not there, a value that will not do, and a program that cannot be
/// started.
Session check_library(const Order& order, const plugin::Describer& describer, const RunnerOptions& options,
                      const Listener& listener);

}  // namespace pebench::check
