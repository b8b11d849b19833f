#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "host/contract/check_catalogue.h"

namespace pebench::check {

/// What is checked. A check loads the library itself, into a process of its own, with the host it wants.
struct Subject {
  std::filesystem::path library;
  std::string encoder;                                ///< id; empty in checks about the library
  nlohmann::json options = nlohmann::json::object();  ///< of the encoder, all of them, canonical
  nlohmann::json files = nlohmann::json::object();    ///< {key: path} of the file options that are set
  std::uint64_t seed = 0;
};

/// Which check of what.
struct Request {
  std::string id;
  Subject subject;
};

/// What a check saw.
struct Finding {
  Outcome outcome = Outcome::pass;
  std::string text;  ///< one sentence: what was seen and where, in numbers; empty for a plain pass
};

// Between `pebench` and `pebench-trial --check` lies a folder with a file for each of the two.

/// Writes the request into the folder and returns its path, for the command line. Throws InputError if it
/// cannot.
std::filesystem::path write_request(const std::filesystem::path& folder, const Request& request);
/// Throws InputError for a file that is no request.
Request read_request(const std::filesystem::path& file);

/// Throws InputError if it cannot be written.
void write_finding(const std::filesystem::path& folder, const Finding& finding);
/// Nothing if there is none, or none that can be read: a plugin ran in the process that wrote it.
std::optional<Finding> read_finding(const std::filesystem::path& folder);

}  // namespace pebench::check
