#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pebench::record {

struct LockedTrial {
  std::string id;  ///< 64 hexadecimal digits
  std::string dataset;
  std::string encoding;
  nlohmann::json sweep = nlohmann::json::object();
  std::uint64_t seed = 0;
};

/// suite.lock.json: the suite as it was run, and its trials in the plan's order, so that a report needs
/// records alone.
struct SuiteLock {
  std::string suite;     ///< name
  std::string text;      ///< of the suite's file
  std::string baseline;  ///< encoding that the others are compared with
  std::string primary;   ///< metric that verdicts are about, "test.full.ndcg@10"
  std::vector<LockedTrial> trials;

  /// With the text's SHA-256.
  nlohmann::json to_json() const;
  /// Strict, like Record::from_json; the text must fit its hash.
  static SuiteLock from_json(const nlohmann::json& json, const std::string& file);
};

/// Throws InputError if the file cannot be read or is not a lock.
SuiteLock read_lock(const std::filesystem::path& path);

/// Writes in one step. Throws InputError if that fails.
void write_lock(const std::filesystem::path& path, const SuiteLock& lock);

}  // namespace pebench::record
