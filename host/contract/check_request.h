#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
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

/// What a check saw.
struct Finding {
  Outcome outcome = Outcome::pass;
  std::string text;  ///< one sentence: what was seen and where, in numbers; empty for a plain pass
};

/// The file between `pebench` and `pebench-trial --check`: which check of what, and where its finding goes.
struct Request {
  std::string id;
  Subject subject;
  std::filesystem::path result;
};

void to_json(nlohmann::json& json, const Finding& finding);
void to_json(nlohmann::json& json, const Request& request);
/// These throw nlohmann::json::exception for a key that is missing or of another type, and an unknown
/// outcome.
void from_json(const nlohmann::json& json, Finding& finding);
void from_json(const nlohmann::json& json, Request& request);

}  // namespace pebench::check
