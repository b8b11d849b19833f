#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/contract/folder.h"
#include "host/contract/record.h"

namespace pebench::results {

/// One of several records of a trial.
struct Duplicate {
  std::filesystem::path path;
  contract::Record record;
};

/// What a merge makes of the duplicates of a trial.
struct Resolution {
  std::size_t kept = 0;              ///< index of the duplicate
  std::vector<std::string> remarks;  ///< a sentence on every difference across fingerprints
};

/// Which duplicate a merge keeps: the first that went well, or else the first. Those that went well must have
/// the same result where their fingerprints are the same. Throws InputError with both places and values if
/// not. `duplicates` are of one trial and not empty.
Resolution resolve(const std::vector<Duplicate>& duplicates);

struct Merged {
  int planned = 0;  ///< trials of the suite
  int ok = 0;       ///< records, those of trials that are no longer planned included
  int failed = 0;
  std::vector<std::string> remarks;
};

/// Makes `destination` the union of the results of one suite: its lock, and every trial with all its attempts
/// and the record that `resolve` keeps, with its rank file. It appears in one step, when all has been checked
/// and copied. Throws InputError if it exists already, if the sources are not of the same suite, for a
/// conflict between records, a damaged one, and if it cannot be written. `sources` is not empty.
Merged merge(const std::vector<contract::SuiteFolder>& sources, const contract::SuiteFolder& destination);

}  // namespace pebench::results
