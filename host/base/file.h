#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace pebench::base {

/// Replaces the file at `path` in one step: a temporary file beside it, fsync, rename. Readers see the old
/// content or the new, never a part. Creates the folders above it. Throws InputError with the system's
/// reason.
void write_atomically(const std::filesystem::path& path, std::string_view content);

/// Makes a rename within the folder outlive a loss of power, where the file system allows it.
void sync_folder(const std::filesystem::path& folder);

/// Writes all of it to a file descriptor that waits; false, with errno, if that fails.
bool write_all(int fd, std::string_view content);

/// The whole file. Throws InputError if it cannot be read.
std::string read_file(const std::filesystem::path& path);

/// Whether something is there. Throws InputError where the system does not let one know: without permission,
/// or with a name that is too long.
bool exists(const std::filesystem::path& path);

/// The path from the root. Throws InputError if it is relative and the working folder is gone.
std::filesystem::path absolute(const std::filesystem::path& path);

/// Throws InputError if it is gone.
std::filesystem::path working_folder();

}  // namespace pebench::base
