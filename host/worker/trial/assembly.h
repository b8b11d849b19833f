#pragma once

#include <memory>

#include "host/contract/trial_spec.h"
#include "host/data/dataset.h"
#include "host/plugin/library.h"
#include "host/plugin/options.h"
#include "host/worker/backbone/backbone.h"
#include "host/worker/plugin/plugin_encoding.h"

namespace pebench::trial {

/// A trial's model, untrained, with its encoding in the slot; without one where the trial names no library.
class Assembly {
 public:
  /// `spec` and `data`, opened as the trial has it, must outlive this. Throws InputError if the data, the
  /// plugin or a file that its options name are not those that the trial was planned with, and for a device
  /// that is not there.
  Assembly(const contract::TrialSpec& spec, const data::Dataset& data);

  backbone::Backbone& model() { return *model_; }
  tensor::ParameterSet& parameters() { return parameters_; }

 private:
  tensor::ParameterSet parameters_;
  std::unique_ptr<backbone::Backbone> model_;
  /// What an encoding is made of.
  struct Plugged {
    Plugged(const contract::TrialSpec& spec, const backbone::Sizes& sizes, tensor::ParameterSet& parameters);

    plugin::Library library;
    plugin::OptionValues values;
    plugin::PluginEncoding encoding;
  };
  std::unique_ptr<Plugged> plugged_;
};

}  // namespace pebench::trial
