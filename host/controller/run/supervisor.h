#pragma once

#include <functional>
#include <string>
#include <vector>

#include "host/contract/trial_spec.h"
#include "host/controller/run/display.h"
#include "host/controller/run/exclusive.h"
#include "host/controller/run/launcher.h"
#include "host/controller/run/limits.h"

namespace pebench::run {

struct Options {
  Limits limits;
  bool retry_failed = false;  ///< run again what failed in an earlier run
  bool fail_fast = false;     ///< stop at the first trial that fails
  /// Told of every trial that has a good record, earlier ones included; what it says is shown with what runs.
  std::function<std::string(const contract::TrialSpec&)> standing = {};
  /// Said when a signal ends the run.
  std::string on_signal =
      "stopping the running trials; what is done is kept, and the same command goes on from here";
};

/// Where a run left its trials.
struct Tally {
  int total = 0;
  int ok = 0;      ///< earlier runs included
  int failed = 0;  ///< likewise
  int signal = 0;  ///< that ended the run early, 0 if none did
  int missing() const { return total - ok - failed; }
};

/// Runs the trials in their order, `limits.workers` side by side, each by the launcher and stopped when it
/// breaks a limit. Trials with a record in the folder are passed over; one that is damaged, or lacks its
/// ranks, is put aside, and its trial runs again. Trials of one id run once. On Ctrl-C, SIGTERM and SIGHUP
/// they are stopped and what is done is kept; a second signal kills them. Throws InputError if results cannot
/// be written or a record in the folder is of another version; no trial is left running then either.
Tally run_trials(const std::vector<contract::TrialSpec>& trials, const ExclusiveFolder& folder,
                 Launcher& launcher, const Options& options, Display& display);

}  // namespace pebench::run
