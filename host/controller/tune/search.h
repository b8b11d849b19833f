#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "host/controller/run/display.h"
#include "host/controller/run/exclusive.h"
#include "host/controller/run/launcher.h"
#include "host/controller/run/supervisor.h"
#include "host/controller/tune/halving.h"
#include "host/controller/tune/subject.h"

namespace pebench::tune {

/// What became of a configuration of an encoding in one round.
struct Tried {
  std::size_t configuration = 0;  ///< index into the configurations
  double value = 0;               ///< mean over the seeds of the best validation; NaN where a trial failed
  std::int64_t epochs = 0;        ///< trained, over all seeds: less than allowed where training stopped early
  double seconds = 0;             ///< over all seeds
};

/// What a search found.
struct Search {
  std::vector<Configuration> configurations;
  std::vector<Round> rounds;
  std::vector<std::vector<std::vector<Tried>>>
      tried;       ///< [encoding][round], a round's in the order of drawing
  int signal = 0;  ///< that ended it early, 0 if none did; `tried` then ends with the last whole round

  /// The best of the encoding's last round; null where all of it failed.
  const Tried* best(std::size_t encoding) const;
};

/// Plans everything that may be drawn. Throws base::InputError for a configuration that cannot be, and for
/// rounds that cannot.
void check(const Subject& subject);

/// What the records of these trials, the seeds of one configuration, say. Throws base::InputError for a
/// record that cannot be read.
Tried value_of(const std::vector<contract::TrialSpec>& trials, const std::string& metric,
               const contract::SuiteFolder& folder);

/// Draws the configurations and runs all rounds; trials with a record in the folder are not run again, so
/// that a search which was ended early goes on. Throws base::InputError, before anything runs, where a
/// configuration cannot be.
Search search(const Subject& subject, const run::ExclusiveFolder& folder, run::Launcher& launcher,
              const run::Options& options, run::Display& display);

}  // namespace pebench::tune
