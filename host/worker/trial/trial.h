#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "host/contract/progress.h"
#include "host/contract/rank_file.h"
#include "host/contract/recommendation_file.h"
#include "host/contract/record.h"
#include "host/contract/trial_spec.h"

namespace pebench::trial {

/// Told how far the trial is.
using Listener = std::function<void(const contract::ProgressEvent&)>;

/// What a trial leaves behind.
struct Outcome {
  contract::Record record;
  std::optional<contract::Ranks> ranks;                      ///< those that the record tells of
  std::optional<contract::Recommendations> recommendations;  ///< likewise
};

/// Runs one trial: opens the data and the plugin, checks that both are those of the trial's identity, trains,
/// evaluates. It goes on from `checkpoint` if an attempt that was broken off left one there. Of the
/// record it knows identity, result, seconds and parameters. Throws InputError for bad input,
/// train::NotFinite for an invalid trial, and EncodingError when the plugin fails.
Outcome run(const contract::TrialSpec& spec, const std::filesystem::path& checkpoint,
            const Listener& listener);

}  // namespace pebench::trial
