#pragma once

#include <pebench/pebench.h>

#include <cstdint>
#include <string>

#include "host/worker/check/probe.h"

namespace pebench::check {

/// What a process saw of the plugin that it checks, and what is made to fail. There is one per process, since
/// the C functions of a table have nowhere else to keep it; trials use the plain tables and know nothing of
/// it.
struct Watch {
  std::uint64_t operations = 0;  ///< called since the last reset; status(), fail() and release() do not count
  std::uint64_t failing_operation = 0;  ///< the call of them that fails, counted from 1; 0 for none
  std::string failed_operation;         ///< its name, once it has been called
  std::uint64_t declarations = 0;
  std::uint64_t failing_declaration = 0;
  bool drew_numbers = false;   ///< dropout() or normal() was called
  peb_status create = PEB_OK;  ///< what the last create() returned
  std::string silent_hook;     ///< a hook that returned PEB_OK although an operation in it had failed

  /// Counts and observations from the beginning.
  void reset() { *this = Watch{}; }
};

Watch& watch();

/// The host's table, watched. Static.
const peb_host& watched_host();

/// The encoder's functions, watched; its `self` is the plugin's own. One encoder per process.
peb_encoder watched(const peb_encoder& encoder);

/// Both, for a probe.
Border watched_border();

}  // namespace pebench::check
