#pragma once

#include <functional>
#include <string>
#include <vector>

#include "host/base/random.h"
#include "host/contract/rank_file.h"
#include "host/contract/recommendation_file.h"
#include "host/examiner/candidates.h"
#include "host/examiner/metrics.h"
#include "host/worker/backbone/scorer.h"
#include "host/worker/train/rows.h"
#include "host/worker/train/windows.h"

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

/// The frozen sample of `count` validation events (all when there are fewer), a function of the data and the
/// split alone.
std::vector<EvaluatedEvent> validation_sample(const data::Dataset& data, const data::Split& split,
                                              std::int64_t count);
std::vector<EvaluatedEvent> test_events(const data::Split& split);

/// The frozen sample of test users whose recommendations a trial keeps, ascending: a function of the data and
/// the split alone.
std::vector<std::uint32_t> recommended_sample(const data::Dataset& data, const data::Split& split);

/// A list of events to be ranked. `part` is "valid" or "test": with the candidate set's name it begins the
/// metrics' names, "test.full.ndcg@10".
struct Sample {
  std::string part;
  std::vector<EvaluatedEvent> events;
  std::vector<std::string> candidate_sets;
  std::vector<std::uint32_t> recommended = {};  ///< of its users those whose best items are kept, ascending
};

/// Ranks the targets of a sample within its candidate sets: candidates, then scores, then ranks, then
/// metrics. Build once per sample: profiles of similar length share a batch.
class Evaluation {
 public:
  /// How a rank counts, docs/protocol.md, "Ranks and ties".
  using Ties = std::function<examiner::Rank(examiner::Rank)>;

  Evaluation(Sample sample, const data::Dataset& data, const data::Split& split, const RowMaker& rows,
             const WindowMaker& windows, const contract::Settings& settings, Ties ties);

  struct Result {
    examiner::Metrics metrics, chance;
    std::vector<contract::RankedSet>
        ranks;  ///< one per candidate set, by users(); of an epoch yet to be told
    /// Of the sample's users; nothing where no set has all items. Of a trial and epoch yet to be told.
    std::optional<contract::Recommendations> recommendations;
  };
  /// What one run of it is drawn from.
  struct Draw {
    base::Stream candidates;          ///< negatives; an event's own stream within it is keyed by the user
    std::vector<std::int64_t> times;  ///< how often each of users() counts in the metrics; empty: once
  };
  /// `progress` is told the share done. Throws NotFinite.
  Result run(backbone::Scorer& scorer, const Draw& draw,
             const std::function<void(double)>& progress = {}) const;

  /// Those that are ranked, ascending.
  std::vector<std::uint32_t> users() const;

 private:
  struct CandidateSet {
    contract::CandidateSet set;
    examiner::CandidateSampler sampler;
    bool full() const { return set.kind == contract::CandidateSet::Kind::full; }
  };
  class Batch;

  std::string part_;
  std::vector<EvaluatedEvent> events_;  ///< by profile length
  std::vector<std::uint32_t> recommended_;
  std::vector<std::size_t> place_;  ///< of each event's user among users()
  const data::Dataset& data_;
  const RowMaker& rows_;
  const WindowMaker& windows_;
  std::vector<CandidateSet> sets_;
  std::vector<std::int64_t> cutoffs_;
  Ties ties_;
};

}  // namespace pebench::train
