#pragma once

#include <pebench/pebench.h>

#include <stdexcept>
#include <string>

#include "host/plugin/descriptor.h"

namespace pebench::plugin {

/// A plugin's structs break the contract of pebench.h; what() says how, without the library's name.
class DescriptorError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// As much of a plugin's struct as both sides know; the rest is zero (rule R1 of pebench.h).
template <class Struct>
Struct known_part(const Struct* theirs);

/// Reads and checks the structs of a plugin. Throws DescriptorError for a struct shorter than that of
/// version 1.0, a minor version that the host its entry was given does not have, and whatever is missing,
/// malformed, out of range or there twice.
LibraryDescriptor read_descriptor(const peb_plugin& plugin, std::uint32_t host_minor = PEB_ABI_MINOR);

}  // namespace pebench::plugin
