#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pebench::check {

/// What the file of a shared library says about itself to the dynamic linker.
struct SharedObject {
  std::vector<std::string> needed;    ///< libraries, DT_NEEDED
  std::vector<std::string> exported;  ///< symbols that it defines for others
  std::vector<std::string> unique;    ///< those of `exported` that are one in the process, GNU unique symbols
};

/// Reads a 64-bit ELF file of this machine's byte order. Throws base::InputError for anything else, a file
/// that is cut off, and one without section headers.
SharedObject read_shared_object(const std::filesystem::path& path);

}  // namespace pebench::check
