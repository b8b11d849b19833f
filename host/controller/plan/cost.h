#pragma once

#include "host/contract/trial_spec.h"
#include "host/controller/plan/datasets.h"

namespace pebench::plan {

/// Seconds that a trial takes on one core of a present-day processor if it runs through all its epochs: a
/// count of multiplications from the sizes of data and model over a rate that was measured once. Good to a
/// factor of three or so; early stopping makes it less, an encoding with hooks in the attention more. What
/// records say is better.
double guessed_seconds(const contract::TrialSpec& trial, const PlannedDataset& data);

/// Bytes of disk that the trial takes at least while it runs: its checkpoint, the old and the new one side by
/// side. Counts the backbone without item attributes; an untrained model has none.
double checkpoint_bytes(const contract::TrialSpec& trial, const PlannedDataset& data);
/// Bytes that a finished trial leaves behind, about: trial.json, record.json, what its attempt wrote, and the
/// ranks of the users.
double kept_bytes(const contract::TrialSpec& trial, const PlannedDataset& data);

}  // namespace pebench::plan
