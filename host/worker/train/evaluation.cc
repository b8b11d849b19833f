#include "host/worker/train/evaluation.h"

#include <algorithm>
#include <numeric>

#include "host/base/hash.h"
#include "host/contract/metric.h"
#include "host/examiner/best_items.h"
#include "host/examiner/ranks.h"

namespace pebench::train {
namespace {

constexpr std::size_t batch_rows = 128;

contract::RankedSet empty_set(const std::string& candidates, std::size_t users) {
  contract::RankedSet set;
  set.candidates = candidates;
  for (auto* column : {&set.better, &set.tied, &set.pool}) column->resize(users);
  return set;
}

void add(const std::vector<data::Item>& items, base::Sha256& lists) {
  const auto size = static_cast<std::int64_t>(items.size());
  lists.add(&size, sizeof size);
  lists.add(items.data(), items.size() * sizeof(data::Item));
}

void put(const examiner::Rank& rank, std::size_t place, contract::RankedSet& set) {
  set.better[place] = static_cast<std::uint32_t>(rank.better);
  set.tied[place] = static_cast<std::uint32_t>(rank.tied);
  set.pool[place] = static_cast<std::uint32_t>(rank.candidates);
}

contract::Recommendations no_items(const std::vector<std::uint32_t>& users) {
  return {{},
          0,
          users,
          std::vector<contract::Column>(contract::recommended_items, contract::Column(users.size()))};
}

void put(const std::vector<data::Item>& items, std::size_t index,
         contract::Recommendations& recommendations) {
  for (std::size_t place = 0; place < items.size(); ++place)
    recommendations.places[place][index] = static_cast<std::uint32_t>(items[place]);
}

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

  /// `lists` is told who competes.
  std::vector<examiner::Rank> ranks(const CandidateSet& set, const base::Stream& candidates,
                                    base::Sha256& lists) const {
    return set.full() ? ranks_among_all(set, lists) : ranks_in_lists(set, candidates, lists);
  }

  /// The best items of those of its users that `recommendations` has, in a set of all items.
  void recommend(const CandidateSet& set, contract::Recommendations& recommendations) const {
    const auto& users = recommendations.users;
    std::optional<Scores> scores;
    for (std::int64_t b = 0; b < count_; ++b) {
      const auto user = static_cast<std::uint32_t>(event(b).user);
      const auto found = std::lower_bound(users.begin(), users.end(), user);
      if (found == users.end() || *found != user) continue;
      if (!scores) scores.emplace(all_);
      put(scores->row(b,
                      [&](auto row) {
                        return examiner::best_items(row, recommendations.places.size(),
                                                    set.sampler.excluded(event(b).user, event(b).index));
                      }),
          static_cast<std::size_t>(found - users.begin()), recommendations);
    }
  }

 private:
  const EvaluatedEvent& event(std::int64_t b) const {
    return evaluation_.events_[first_ + static_cast<std::size_t>(b)];
  }
  data::Item target(std::int64_t b) const {
    return evaluation_.data_.history(event(b).user).items[event(b).index];
  }

  std::vector<examiner::Rank> ranks_among_all(const CandidateSet& set, base::Sha256& hash) const {
    const Scores scores(all_);
    std::vector<examiner::Rank> ranks;
    for (std::int64_t b = 0; b < count_; ++b)
      ranks.push_back(scores.row(b, [&](auto row) {
        require_finite(row.last(row.size() - 1));
        const auto excluded = set.sampler.excluded(event(b).user, event(b).index);
        add(excluded, hash);
        return examiner::rank_among_all(row, target(b), excluded);
      }));
    return ranks;
  }

  std::vector<examiner::Rank> ranks_in_lists(const CandidateSet& set, const base::Stream& candidates,
                                             base::Sha256& hash) const {
    std::vector<std::vector<data::Item>> lists;
    std::size_t longest = 0;
    for (std::int64_t b = 0; b < count_; ++b) {
      lists.push_back({target(b)});
      const auto drawn = set.sampler.draw(event(b).user, event(b).index, candidates.at(event(b).user));
      lists.back().insert(lists.back().end(), drawn.begin(), drawn.end());
      add(lists.back(), hash);
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
      recommended_(std::move(sample.recommended)),
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
  std::vector<std::size_t> by_user(events_.size());
  std::iota(by_user.begin(), by_user.end(), std::size_t{0});
  std::sort(by_user.begin(), by_user.end(),
            [&](std::size_t a, std::size_t b) { return events_[a].user < events_[b].user; });
  place_.resize(events_.size());
  for (std::size_t i = 0; i < by_user.size(); ++i) place_[by_user[i]] = i;
}

std::vector<std::uint32_t> Evaluation::users() const {
  std::vector<std::uint32_t> users(events_.size());
  for (std::size_t i = 0; i < events_.size(); ++i)
    users[place_[i]] = static_cast<std::uint32_t>(events_[i].user);
  return users;
}

Evaluation::Result Evaluation::run(backbone::Scorer& scorer, const Draw& draw,
                                   const std::function<void(double)>& progress) const {
  std::vector<examiner::RankingMetrics> metrics(sets_.size(), examiner::RankingMetrics(cutoffs_));
  Result result;
  for (const auto& set : sets_) result.ranks.push_back(empty_set(set.set.name, events_.size()));
  const auto full =
      std::find_if(sets_.begin(), sets_.end(), [](const CandidateSet& set) { return set.full(); });
  if (full != sets_.end() && !recommended_.empty()) result.recommendations = no_items(recommended_);
  std::vector<base::Sha256> lists(sets_.size());
  for (std::size_t first = 0; first < events_.size(); first += batch_rows) {
    const std::size_t last = std::min(events_.size(), first + batch_rows);
    const Batch batch(*this, first, last, scorer);
    for (std::size_t s = 0; s < sets_.size(); ++s) {
      std::size_t event = first;
      for (const auto& rank : batch.ranks(sets_[s], draw.candidates, lists[s])) {
        const std::size_t user = place_[event++];
        metrics[s].add(rank, ties_(rank), draw.times.empty() ? 1 : draw.times[user]);
        put(rank, user, result.ranks[s]);
      }
    }
    if (result.recommendations) batch.recommend(*full, *result.recommendations);
    if (progress) progress(static_cast<double>(last) / static_cast<double>(events_.size()));
  }
  for (std::size_t s = 0; s < sets_.size(); ++s) {
    result.ranks[s].lists = lists[s].hex();
    const auto full_name = [&](const std::string& measure) {
      return contract::metric_name(part_, sets_[s].set.name, measure);
    };
    for (const auto& [measure, value] : metrics[s].values()) {
      result.metrics[full_name(measure)] = value;
      result.ranks[s].measures.push_back(measure);
    }
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

std::vector<std::uint32_t> recommended_sample(const data::Dataset& data, const data::Split& split) {
  auto users = split.test_users();
  base::Stream stream(0, "recommended", data.hash());
  base::shuffle(users, stream);
  if (users.size() > contract::recommended_users) users.resize(contract::recommended_users);
  std::sort(users.begin(), users.end());
  return {users.begin(), users.end()};
}

std::vector<EvaluatedEvent> test_events(const data::Split& split) {
  std::vector<EvaluatedEvent> events;
  for (auto user : split.test_users()) events.push_back({user, split.users[user].test});
  return events;
}

}  // namespace pebench::train
