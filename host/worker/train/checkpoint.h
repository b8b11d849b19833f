#pragma once

#include <filesystem>
#include <string>

#include "host/worker/train/adam.h"
#include "host/worker/train/training_state.h"

namespace pebench::train {

/// Where training stood at the end of an epoch: parameters, optimiser, and everything in TrainingState.
/// Random streams are counter-based, so `epoch` and `step` are their whole state. A trial that goes on from a
/// checkpoint ends with the same bits as one that never stopped.
class Checkpoint {
 public:
  /// `id` says whose it is, trial and program; a file of another is not taken.
  Checkpoint(std::filesystem::path path, std::string id) : path_(std::move(path)), id_(std::move(id)) {}

  /// Replaces the file in one step.
  void save(const tensor::ParameterSet& parameters, const Adam& adam, const TrainingState& state) const;

  /// Goes on from the file if there is one of this trial, whole and of the same parameters; false otherwise,
  /// with nothing changed.
  bool load(tensor::ParameterSet& parameters, Adam& adam, TrainingState& state) const;

 private:
  std::filesystem::path path_;
  std::string id_;
};

}  // namespace pebench::train
