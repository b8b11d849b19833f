#include "host/worker/train/evaluation.h"

#include <algorithm>

#include "host/contract/metric.h"
#include "host/examiner/ranks.h"

namespace pebench::train {
namespace {

constexpr std::size_t batch_rows = 128;

/// A matrix of scores on the CPU, row by row. `use` is called with a span of its own type.
class Scores {
 public:
  explicit Scores(const Tensor& scores) : scores_(scores.cpu().contiguous()) {}

  template <class Use>
  auto row(std::int64_t b, const Use& use) const {
    const std::int64_t size = scores_.size(1);
    if (scores_.scalar_type() == at::kDouble)
      return use(base::Span<const double>(scores_.data_ptr<double>() + b * size, size));
    return use(base::Span<const float>(scores_.data_ptr<float>() + b * size, size));
  }

 private:
  Tensor scores_;
};

template <class Score>
void require_finite(base::Span<const Score> scores) {
  if (!examiner::all_finite(scores)) throw NotFinite("a candidate's score is not finite");
}

}  // namespace

/// Some events of an evaluation: their users' windows and, where they serve more than one set, the scores of
/// all items.
class Evaluation::Batch {
 public:
  Batch(const Evaluation& evaluation, std::size_t first, std::size_t last, backbone::Scorer& scorer)
      : evaluation_(evaluation),
        first_(first),
        count_(static_cast<std::int64_t>(last - first)),
        scorer_(scorer) {
    std::vector<EvaluationRow> rows;
    for (std::size_t i = first; i < last; ++i)
      rows.push_back(evaluation.rows_.evaluation(evaluation.events_[i].user, evaluation.events_[i].index));
    users_ = evaluation.windows_.evaluation(rows);
    const auto& sets = evaluation.sets_;
    if (std::any_of(sets.begin(), sets.end(), [](const CandidateSet& set) { return set.full(); }))
      all_ = scorer.all(users_);
  }

  std::vector<examiner::Rank> ranks(const CandidateSet& set, const base::Stream& candidates) const {
    return set.full() ? ranks_among_all(set) : ranks_in_lists(set, candidates);
  }

 private:
  const EvaluatedEvent& event(std::int64_t b) const {
    return evaluation_.events_[first_ + static_cast<std::size_t>(b)];
  }
  data::Item target(std::int64_t b) const {
    return evaluation_.data_.history(event(b).user).items[event(b).index];
  }

  std::vector<examiner::Rank> ranks_among_all(const CandidateSet& set) const {
    const Scores scores(all_);
    std::vector<examiner::Rank> ranks;
    for (std::int64_t b = 0; b < count_; ++b)
      ranks.push_back(scores.row(b, [&](auto row) {
        require_finite(row.last(row.size() - 1));
        return examiner::rank_among_all(row, target(b), set.sampler.excluded(event(b).user, event(b).index));
      }));
    return ranks;
  }

  std::vector<examiner::Rank> ranks_in_lists(const CandidateSet& set, const base::Stream& candidates) const {
    std::vector<std::vector<data::Item>> lists;
    std::size_t longest = 0;
    for (std::int64_t b = 0; b < count_; ++b) {
      lists.push_back({target(b)});
      const auto drawn = set.sampler.draw(event(b).user, event(b).index, candidates.at(event(b).user));
      lists.back().insert(lists.back().end(), drawn.begin(), drawn.end());
      longest = std::max(longest, lists.back().size());
    }
    const Scores scores(scores_of(lists, static_cast<std::int64_t>(longest)));
    std::vector<examiner::Rank> ranks;
    for (std::int64_t b = 0; b < count_; ++b)
      ranks.push_back(scores.row(b, [&](auto row) {
        const auto list = row.first(static_cast<std::ptrdiff_t>(lists[b].size()));
        require_finite(list);
        return examiner::rank_of_first(list);
      }));
    return ranks;
  }

  /// [B, longest]; what stands behind the end of a list is meaningless.
  Tensor scores_of(const std::vector<std::vector<data::Item>>& lists, std::int64_t longest) const {
    Tensor items = at::zeros({count_, longest}, at::kLong);
    for (std::int64_t b = 0; b < count_; ++b)
      std::copy(lists[b].begin(), lists[b].end(), items.data_ptr<std::int64_t>() + b * longest);
    items = items.to(users_.window.item.device());
    return all_.defined() ? all_.gather(1, items) : scorer_.lists(users_, items);
  }

  const Evaluation& evaluation_;
  std::size_t first_;
  std::int64_t count_;
  backbone::Scorer& scorer_;
  backbone::Users users_;
  Tensor all_;  ///< [B, N+1], undefined where no set is full
};

Evaluation::Evaluation(Sample sample, const data::Dataset& data, const data::Split& split,
                       const RowMaker& rows, const WindowMaker& windows, const contract::Settings& settings,
                       Ties ties)
    : part_(std::move(sample.part)),
      events_(std::move(sample.events)),
      data_(data),
      rows_(rows),
      windows_(windows),
      cutoffs_(settings.eval.k),
      ties_(std::move(ties)) {
  const auto exclude = examiner::parse_exclude_seen(settings.protocol.exclude_seen);
  for (const auto& name : sample.candidate_sets) {
    const auto set = contract::CandidateSet::parse(name, settings.model.max_len);
    sets_.push_back({set, examiner::CandidateSampler(data, split, set, exclude)});
  }
  std::stable_sort(events_.begin(), events_.end(),
                   [](const auto& a, const auto& b) { return a.index < b.index; });
}

Evaluation::Result Evaluation::run(backbone::Scorer& scorer, const base::Stream& candidates,
                                   const std::function<void(double)>& progress) const {
  std::vector<examiner::RankingMetrics> metrics(sets_.size(), examiner::RankingMetrics(cutoffs_));
  for (std::size_t first = 0; first < events_.size(); first += batch_rows) {
    const std::size_t last = std::min(events_.size(), first + batch_rows);
    const Batch batch(*this, first, last, scorer);
    for (std::size_t s = 0; s < sets_.size(); ++s)
      for (const auto& rank : batch.ranks(sets_[s], candidates)) metrics[s].add(ties_(rank));
    if (progress) progress(static_cast<double>(last) / static_cast<double>(events_.size()));
  }
  Result result;
  for (std::size_t s = 0; s < sets_.size(); ++s) {
    const auto full_name = [&](const std::string& measure) {
      return contract::metric_name(part_, sets_[s].set.name, measure);
    };
    for (const auto& [measure, value] : metrics[s].values()) result.metrics[full_name(measure)] = value;
    for (const auto& [measure, value] : metrics[s].chance()) result.chance[full_name(measure)] = value;
  }
  return result;
}

std::vector<EvaluatedEvent> validation_sample(const data::Dataset& data, const data::Split& split,
                                              std::int64_t count) {
  auto users = split.validation_users();
  base::Stream stream(0, "validation", data.hash());
  base::shuffle(users, stream);
  if (static_cast<std::int64_t>(users.size()) > count) users.resize(count);
  std::sort(users.begin(), users.end());
  std::vector<EvaluatedEvent> events;
  for (auto user : users) events.push_back({user, split.users[user].validation});
  return events;
}

std::vector<EvaluatedEvent> test_events(const data::Split& split) {
  std::vector<EvaluatedEvent> events;
  for (auto user : split.test_users()) events.push_back({user, split.users[user].test});
  return events;
}

}  // namespace pebench::train
