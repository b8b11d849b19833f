#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/contract/trial_spec.h"
#include "host/worker/backbone/backbone.h"
#include "host/worker/train/adam.h"
#include "host/worker/train/checkpoint.h"
#include "host/worker/train/evaluation.h"
#include "host/worker/train/protocol.h"
#include "host/worker/train/training_state.h"

namespace pebench::train {

/// What a trial found.
struct TrainingResult {
  std::vector<EpochReport> epochs;
  std::int64_t chosen_epoch = 0;  ///< 0 for a model that was not to be trained
  examiner::Metrics metrics;      ///< of the chosen parameters: validation and, where it is ranked, test
  examiner::Metrics chance;
  std::map<std::string, examiner::Metrics> baselines;        ///< counts::recommenders() in the same lists
  std::optional<contract::Ranks> ranks;                      ///< behind the metrics of the test
  std::optional<contract::Recommendations> recommendations;  ///< of the chosen epoch, where all items compete
  std::map<std::string, std::int64_t> users;  ///< ranked in "test" and, where it was, in "valid"
  double seconds_train = 0.0, seconds_evaluate = 0.0;
};

/// Trains one model on one data set by a trial's settings, and evaluates it.
class Trainer {
 public:
  /// Called after every epoch and during the last evaluation; `fraction` is the share of the whole trial.
  /// `warning` is called with a sentence.
  struct Listener {
    std::function<void(const EpochReport&, double best, double fraction)> epoch;
    std::function<void(double fraction)> evaluate;
    std::function<void(const std::string&)> warning;
  };

  /// Everything must outlive the trainer. `checkpoint` is written after every epoch, and gone on from if it
  /// is there.
  Trainer(const contract::TrialSpec& spec, const data::Dataset& data, const data::Split& split,
          backbone::Backbone& model, std::optional<Checkpoint> checkpoint = {});

  /// Runs to the end. Throws NotFinite when a loss or a score is not finite, EncodingError when a hook fails.
  TrainingResult run(const Listener& listener);

 private:
  EpochReport train_epoch();
  /// Gives the sum of the loss over the slots, which it adds up, as it does the norms of gradients.
  double train_step(const std::vector<TrainingRow>& rows, EpochReport& report, std::int64_t& slots);
  double learning_rate() const;
  Sample sample(const std::string& part) const;
  Evaluation::Draw draw(const std::string& part, const Evaluation& evaluation) const;
  void evaluate_epoch(EpochReport& report);
  void test(const Listener& listener, TrainingResult& result);
  /// As `test` ranks, behind windows of what the model has `seen` there.
  void rank_recommenders_that_count(const Evaluation& test, contract::Settings seen,
                                    const WindowMaker& windows, TrainingResult& result);
  void go_on_from_checkpoint(const Listener& listener);
  std::int64_t steps_per_epoch() const;

  const contract::TrialSpec& spec_;
  const data::Dataset& data_;
  const data::Split& split_;
  backbone::Backbone& model_;
  Protocol protocol_;
  RowMaker rows_;
  WindowMaker windows_;
  Adam adam_;
  TrainingState state_;
  std::optional<Checkpoint> checkpoint_;
  base::Stream order_, dropout_, shared_negatives_;
  RowMaker::Streams rows_from_;
  Tensor probabilities_;                    ///< of each item in one draw of a negative, [N+1]
  std::unique_ptr<Evaluation> evaluation_;  ///< run after every epoch
};

}  // namespace pebench::train
