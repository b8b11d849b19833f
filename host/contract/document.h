#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

namespace pebench::contract {

/// A JSON document of results. On disk it has a key more, `digest`: the SHA-256 of the text, without blanks
/// and with sorted keys, of all its other keys, so that a changed bit does not go unnoticed.
struct Document {
  nlohmann::json json;  ///< without the digest
  bool sealed = false;  ///< whether there was one, which documents of older versions have not
};

/// Throws Damaged for a file that is no JSON object or does not fit its digest, InputError for one that
/// cannot be read.
Document read_document(const std::filesystem::path& path);

/// Writes an object with its digest, in one step. Throws InputError if that fails.
void write_document(const std::filesystem::path& path, const nlohmann::json& json);

}  // namespace pebench::contract
