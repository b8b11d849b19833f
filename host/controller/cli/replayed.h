#pragma once

#include <string>

#include "host/contract/folder.h"
#include "host/contract/record.h"
#include "host/controller/results/agreement.h"

namespace pebench::cli {

/// A trial that was run again.
struct Replayed {
  contract::Record before;  ///< what lies among results
  contract::Record now;     ///< what came out; meaningless where a signal broke it off
  int signal = 0;           ///< that ended it early, 0 if none did

  /// What the two results say of each other.
  enum class Outcome {
    same,              ///< to the bit
    within_tolerance,  ///< on arithmetic of another kind
    not_told,          ///< further apart, on arithmetic of another kind, where a training may go another way
    different,
  };
  Outcome outcome() const;
  /// "trial 78509e9d1234: same, to the bit"; where results differ, at which place and by how much, and where
  /// it cannot be told, what would.
  std::string text() const;
};

/// 0 the same, 1 different, 2 where it cannot be told here.
int exit_code_of(Replayed::Outcome outcome);

/// Runs a trial of a suite's folder again, in a folder that is gone afterwards, with progress on the standard
/// error stream; as this machine plans it where data or plugin are not where they were. Throws InputError
/// where it cannot be run here, or the machine ended it.
Replayed replay(const contract::SuiteFolder& suite, const std::string& id);

}  // namespace pebench::cli
