#pragma once

#include <pebench/pebench.h>

#include <cstdint>
#include <string>
#include <vector>

/// A host without arithmetic: every operation writes down how it was called and gives a handle named "#<n>"
/// after its line. What a plugin asked for can then be compared as text, and nothing else needs to be linked.
struct peb_scope {
  std::vector<std::string> names{"none"};             // of handles
  std::vector<std::vector<std::int64_t>> shapes{{}};  // of handles; {} where nobody needs it
  std::vector<std::string> record;                    // one line per operation
  peb_status status = PEB_OK;
  std::string message;

  /// A tensor that the host gives to a hook.
  peb_tensor put(const std::string& name, std::vector<std::int64_t> shape);
};

struct peb_build {
  std::vector<std::string> declared;  // "name [dims] kind a b flags"
  bool refuses = false;
};

namespace pebench::abi_test {

/// The recording host. Lines logged through it are collected in log_lines().
peb_host recording_host();
std::vector<std::string>& log_lines();

/// The entry of a plugin library, loaded as the host does: now, local, for ever. Throws std::runtime_error.
using Entry = const peb_plugin* (*)(const peb_host*);
Entry entry_of(const std::string& library);

}  // namespace pebench::abi_test
