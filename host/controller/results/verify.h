#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/contract/folder.h"

namespace pebench::results {

/// A file of results that is not as it was written, is missing, or cannot be understood.
struct Fault {
  std::optional<std::string> trial;  ///< id; nothing for the lock and for speeds
  std::string what;                  ///< a sentence that names the file
};

/// What was found of a suite's results.
struct Verification {
  int records = 0;          ///< whole ones
  int ranks = 0;            ///< of these, those with a rank file
  int recommendations = 0;  ///< and those with recommendations
  int speeds = 0;           ///< whole measurements of what encodings cost
  int without_digest = 0;   ///< files of older versions, in which a change cannot be told
  int planned_missing = 0;  ///< trials of the lock without a record, which is no fault
  std::vector<Fault> faults;
};

/// Reads the lock, every measurement of speed, users' traits, and every trial's description, record and rank
/// file, those of trials that are no longer planned included. What lies in attempts and derived is read by
/// nothing and not looked at.
Verification verify(const contract::SuiteFolder& folder);

}  // namespace pebench::results
