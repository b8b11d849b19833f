#pragma once

#include "host/plan/datasets.h"
#include "host/plan/trial_spec.h"

namespace pebench::plan {

/// Seconds that a trial takes on one core of a present-day processor if it runs through all its epochs: a count of
/// multiplications from the sizes of data and model over a rate that was measured once. Good to a factor of three or so; early
/// stopping makes it less, an encoding with hooks in the attention more. What records say is better.
double guessed_seconds(const TrialSpec& trial, const PlannedDataset& data);

}  // namespace pebench::plan
