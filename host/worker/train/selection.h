#pragma once

#include <memory>
#include <string>

#include "host/contract/settings.h"
#include "host/worker/tensor/parameters.h"
#include "host/worker/train/training_state.h"

namespace pebench::train {

/// Which epoch a trial reports, and when training has gone on for long enough: docs/protocol.md, "Selection".
/// Everything it remembers is in the TrainingState, so that checkpoints have it.
class Selection {
 public:
  virtual ~Selection() = default;

  /// The sample that is evaluated after every epoch, "valid" or "test".
  virtual std::string part() const = 0;
  /// Takes an epoch's evaluation and the ranks behind it; `parameters` are those that were evaluated.
  virtual void take(const EpochReport& report, const std::vector<contract::RankedSet>& ranks,
                    const tensor::ParameterSet& parameters, TrainingState& state) const = 0;
  /// Whether training may stop before its last epoch.
  virtual bool stops(const TrainingState& state) const = 0;
  /// Puts the chosen parameters back, for the test; false where the numbers to report are known already.
  virtual bool restore(const TrainingState& state, tensor::ParameterSet& parameters) const = 0;
};

/// By the words of protocol.selection.
std::unique_ptr<Selection> make_selection(const contract::Settings& settings);

}  // namespace pebench::train
