#pragma once

#include <filesystem>
#include <functional>

#include "host/contract/progress.h"
#include "host/contract/record.h"
#include "host/contract/trial_spec.h"

namespace pebench::trial {

/// Told how far the trial is.
using Listener = std::function<void(const contract::ProgressEvent&)>;

/// Runs one trial: opens the data and the plugin, checks that both are those of the trial's identity, trains,
/// evaluates. It goes on from `checkpoint` if an attempt that was broken off left one there. Returns the
/// record's identity and result, and the seconds and parameters it knows. Throws InputError for bad input,
/// train::NotFinite for an invalid trial, and EncodingError when the plugin fails.
contract::Record run(const contract::TrialSpec& spec, const std::filesystem::path& checkpoint,
                     const Listener& listener);

}  // namespace pebench::trial
