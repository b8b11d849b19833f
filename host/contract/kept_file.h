#pragma once

#include <filesystem>
#include <string>

namespace pebench::contract {

/// What is to be done about a file of a trial that is damaged, for the end of a sentence.
constexpr const char* damaged_remedy =
    "restore the file, or delete it and the record to have the trial run again";

/// The content, uncompressed, of a gzip file that belongs to the record beside it, which keeps its SHA-256.
/// Throws Damaged if the file is missing or has another content, InputError if it cannot be read.
std::string kept_content(const std::filesystem::path& path, const std::string& digest);

}  // namespace pebench::contract
