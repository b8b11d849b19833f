#pragma once

#include <functional>
#include <string>
#include <vector>

#include "host/base/random.h"
#include "host/examiner/candidates.h"
#include "host/examiner/metrics.h"
#include "host/worker/train/rows.h"
#include "host/worker/train/scorer.h"

namespace pebench::train {

/// A score was NaN or infinite, or the loss was: the trial is invalid, whatever rank it would have given.
class NotFinite : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One evaluated event: an index into the user's history.
struct EvaluatedEvent {
  data::User user;
  std::int64_t index;
};

/// Ranks the targets of a list of events within candidate sets. Build once per list: profiles of similar
/// length share a batch.
class Evaluation {
 public:
  /// `part` is "valid" or "test": with the candidate set's name it begins the metrics' names,
  /// "test.full.ndcg@10". Pools are drawn from `pools`, the event's own stream within it being keyed by the
  /// user.
  Evaluation(std::string part, std::vector<EvaluatedEvent> events, const data::Dataset& data,
             const data::Split& split, const RowMaker& rows, const WindowMaker& windows,
             const contract::Settings& settings, const std::vector<std::string>& candidate_sets);

  struct Result {
    examiner::Metrics metrics, chance;
  };
  /// `progress` is told the share done. Throws NotFinite.
  Result run(Scorer& scorer, const base::Stream& pools,
             const std::function<void(double)>& progress = {}) const;

 private:
  struct Pool {
    contract::CandidateSet set;
    examiner::CandidateSampler sampler;
  };

  std::string part_;
  std::vector<EvaluatedEvent> events_;  ///< by profile length
  const data::Dataset& data_;
  const RowMaker& rows_;
  const WindowMaker& windows_;
  std::vector<Pool> pools_;
  std::vector<std::int64_t> cutoffs_;
  bool first_wins_;
};

/// The frozen sample of `count` validation events (all when there are fewer), a function of the data and the
/// split alone.
std::vector<EvaluatedEvent> validation_sample(const data::Dataset& data, const data::Split& split,
                                              std::int64_t count);
std::vector<EvaluatedEvent> test_events(const data::Split& split);

}  // namespace pebench::train
