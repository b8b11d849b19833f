#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "host/contract/progress.h"
#include "host/process/child.h"

namespace pebench::run {

/// How an attempt ended.
struct Ending {
  contract::Status status = contract::Status::ok;
  std::string reason;            ///< one sentence; empty when ok
  std::optional<int> signal;     ///< that ended the process
  std::optional<int> exit_code;  ///< of a process that ended by itself
};

/// The ending of a process that left no good record. `limit` is set when it was stopped for breaking one,
/// `failure` when it said why it gave up, `last_words` is the end of its log; the first of these that is
/// there explains the end.
Ending ending_of_failure(const process::Exit& exit, const std::optional<contract::Failure>& limit,
                         const std::optional<contract::Failure>& failure, const std::string& last_words);

/// The last lines of a log as one short line without control characters; empty if there is none.
std::string last_words(const std::filesystem::path& log);

}  // namespace pebench::run
