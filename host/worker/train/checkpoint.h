#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "host/worker/train/adam.h"
#include "host/worker/train/training_state.h"

namespace pebench::train {

/// Where training stood at the end of an epoch: parameters, optimiser, and everything in TrainingState.
/// Random streams are counter-based, so `epoch` and `step` are their whole state. A trial that goes on from a
/// checkpoint ends with the same bits as one that never stopped.
class Checkpoint {
 public:
  /// Whose it is, in words: "trial", "build", "LibTorch" -> which. Half a trial of one build, LibTorch or
  /// processor and half of another would be a trial of neither.
  using Origin = std::map<std::string, std::string>;

  Checkpoint(std::filesystem::path path, Origin origin)
      : path_(std::move(path)), origin_(std::move(origin)) {}

  /// Replaces the file in one step.
  void save(const tensor::ParameterSet& parameters, const Adam& adam, const TrainingState& state) const;

  struct Loaded {
    bool gone_on = false;
    std::string why_not;  ///< why a file that is there was left aside
  };
  /// Goes on from the file if there is one of this origin, whole and of the same parameters; else nothing
  /// changes.
  Loaded load(tensor::ParameterSet& parameters, Adam& adam, TrainingState& state) const;

 private:
  std::filesystem::path path_;
  Origin origin_;
};

}  // namespace pebench::train
