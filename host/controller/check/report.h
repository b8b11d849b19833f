#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/controller/check/runner.h"

namespace pebench::check {

/// What was seen of one encoder with its options.
struct EncoderReport {
  std::string encoder;  ///< id
  std::string version;
  nlohmann::json options;  ///< all of them; a file as the SHA-256 of its content
  nlohmann::json files;    ///< {key: path}
  std::vector<Result> results;
};

/// What was seen of a library.
struct Report {
  std::filesystem::path library;  ///< absolute
  std::string hash;               ///< SHA-256 of the file
  std::uint64_t seed = 0;
  std::vector<Result> results;  ///< of the checks about the library
  std::vector<EncoderReport> encoders;
};

/// How many checks had which outcome, every outcome.
std::map<Outcome, int> counts(const Report& report);

/// Whether some check failed, crashed or ran out of time.
bool failed(const Report& report);

/// {"version": 1, "library", "hash", "seed", "results": [row], "encoders": [{"encoder", "version", "options",
/// "files", "results": [row]}], "counts": {outcome: number}} with rows {"id", "sentence", "outcome", "text",
/// "seconds", "log"}.
nlohmann::json json_of(const Report& report);

/// Aligned text with the counts as its last line: a table for the library and one per encoder, or one for
/// both.
std::string text_of(const Report& report, bool colour);

/// The catalogue, for --list.
std::string text_of(const std::vector<const Row*>& rows, bool colour);
nlohmann::json json_of(const std::vector<const Row*>& rows);

}  // namespace pebench::check
