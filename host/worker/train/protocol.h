#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "host/contract/trial_spec.h"
#include "host/data/dataset.h"
#include "host/worker/train/evaluation.h"
#include "host/worker/train/selection.h"

namespace pebench::train {

/// What a trial's [protocol] makes of training and evaluation, each choice made once: the trainer asks for no
/// word of it.
struct Protocol {
  /// The users of an epoch in their order, from the trainable ones and the epoch's stream.
  std::function<std::vector<data::User>(const std::vector<data::User>&, base::Stream)> users;
  /// The stream that negatives of a sample ("valid", "test") are drawn from after that many epochs.
  std::function<base::Stream(const std::string& part, std::int64_t epoch)> candidates;
  /// How often each of so many users of the sample counts then; none: each once.
  std::function<std::vector<std::int64_t>(std::size_t users, const std::string& part, std::int64_t epoch)>
      times;
  Evaluation::Ties ties;
  std::unique_ptr<Selection> selection;
};

Protocol make_protocol(const contract::TrialSpec& spec, const data::Dataset& data);

}  // namespace pebench::train
