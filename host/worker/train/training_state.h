#pragma once

#include <cstdint>
#include <vector>

#include "host/contract/rank_file.h"
#include "host/examiner/metrics.h"
#include "host/worker/tensor/tensor.h"

namespace pebench::train {

/// What happened in one epoch.
struct EpochReport {
  std::int64_t epoch = 0;          ///< from 1
  double loss = 0.0;               ///< mean over the epoch's slots
  double gradient_norm = 0.0;      ///< mean over steps of the whole gradient's norm
  double encoding_gradient = 0.0;  ///< the same of the encoding's own parameters
  double oscillation = 0.0;        ///< mean |change of the loss| from one step to the next; 0 for one step
  examiner::Metrics evaluation;    ///< validation, or test where the protocol selects on test
  double seconds_train = 0.0, seconds_evaluate = 0.0;
};

/// Everything that training changes besides parameters and optimiser.
struct TrainingState {
  std::int64_t epoch = 0;  ///< finished epochs
  std::int64_t step = 0;   ///< finished steps
  std::int64_t stale = 0;  ///< validations since the best one
  std::int64_t best_epoch = 0;
  double best = 0.0;
  std::vector<Tensor> best_values;  ///< of all parameters, in order
  examiner::Metrics best_metrics, chance;
  std::vector<contract::RankedSet> best_ranks;  ///< behind best_metrics, where these are of the test
  std::vector<EpochReport> reports;
};

}  // namespace pebench::train
