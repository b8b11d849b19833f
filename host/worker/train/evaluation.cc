#include "host/worker/train/evaluation.h"

#include <algorithm>
#include <limits>
#include <map>

namespace pebench::train {
namespace {

constexpr std::int64_t batch_rows = 128;

/// Ranks of the first column among the others; empty places are -infinity and never count. scores [B, C].
std::vector<examiner::Rank> ranks_of_first(const Tensor& scores, const std::vector<std::int64_t>& candidates,
                                           bool first_wins) {
  Tensor target = scores.narrow(1, 0, 1);
  Tensor better = scores.gt(target).sum(1).cpu(), tied = (scores.eq(target).sum(1) - 1).cpu();
  std::vector<examiner::Rank> ranks;
  for (std::int64_t b = 0; b < scores.size(0); ++b)
    ranks.push_back({better.data_ptr<std::int64_t>()[b], first_wins ? 0 : tied.data_ptr<std::int64_t>()[b],
                     candidates[b]});
  return ranks;
}

void require_finite(const Tensor& scores) {
  if (!at::isfinite(scores).all().item<bool>()) throw NotFinite("a candidate's score is not finite");
}

constexpr double hidden = -std::numeric_limits<double>::infinity();

}  // namespace

Evaluation::Evaluation(std::string part, std::vector<EvaluatedEvent> events, const data::Dataset& data,
                       const data::Split& split, const RowMaker& rows, const WindowMaker& windows,
                       const contract::Settings& settings, const std::vector<std::string>& candidate_sets)
    : part_(std::move(part)),
      events_(std::move(events)),
      data_(data),
      rows_(rows),
      windows_(windows),
      cutoffs_(settings.eval.k),
      first_wins_(settings.protocol.ties == "first_wins") {
  auto exclude = examiner::parse_exclude_seen(settings.protocol.exclude_seen);
  for (const auto& name : candidate_sets) {
    auto set = contract::CandidateSet::parse(name, settings.model.max_len);
    pools_.push_back({set, examiner::CandidateSampler(data, split, set, exclude)});
  }
  std::stable_sort(events_.begin(), events_.end(),
                   [](const auto& a, const auto& b) { return a.index < b.index; });
}

Evaluation::Result Evaluation::run(Scorer& scorer, const base::Stream& streams,
                                   const std::function<void(double)>& progress) const {
  std::vector<examiner::RankingMetrics> metrics(pools_.size(), examiner::RankingMetrics(cutoffs_));
  const bool needs_all = std::any_of(pools_.begin(), pools_.end(), [](const Pool& pool) {
    return pool.set.kind == contract::CandidateSet::Kind::full;
  });
  for (std::size_t first = 0; first < events_.size(); first += batch_rows) {
    const std::size_t last = std::min(events_.size(), first + batch_rows);
    const auto count = static_cast<std::int64_t>(last - first);
    std::vector<EvaluationRow> rows;
    for (std::size_t i = first; i < last; ++i)
      rows.push_back(rows_.evaluation(events_[i].user, events_[i].index));
    auto users = windows_.evaluation(rows);
    Tensor all;
    if (needs_all) {
      all = scorer.all(users);
      require_finite(all.narrow(1, 1, data_.items()));
    }
    for (std::size_t p = 0; p < pools_.size(); ++p) {
      const Pool& pool = pools_[p];
      std::vector<std::int64_t> sizes;
      Tensor scores;
      if (pool.set.kind == contract::CandidateSet::Kind::full) {
        // Column 0 (padding) becomes the target's score, the target's own column and what is excluded
        // disappear.
        scores = all.clone();
        for (std::int64_t b = 0; b < count; ++b) {
          const auto& event = events_[first + b];
          const std::int64_t target = data_.history(event.user).items[event.index];
          std::vector<std::int64_t> left_out{target};
          for (auto item : pool.sampler.excluded(event.user, event.index)) left_out.push_back(item);
          sizes.push_back(data_.items() - static_cast<std::int64_t>(left_out.size()) + 1);
          scores[b][0] = all[b][target];
          scores[b].index_fill_(0, at::tensor(left_out, at::kLong).to(scores.device()), hidden);
        }
      } else {
        std::vector<std::vector<data::Item>> drawn;
        std::size_t longest = 0;
        for (std::int64_t b = 0; b < count; ++b) {
          const auto& event = events_[first + b];
          drawn.push_back(pool.sampler.draw(event.user, event.index, streams.at(event.user)));
          longest = std::max(longest, drawn.back().size());
        }
        Tensor candidates = at::zeros({count, static_cast<std::int64_t>(longest) + 1}, at::kLong);
        auto* out = candidates.data_ptr<std::int64_t>();
        for (std::int64_t b = 0; b < count; ++b) {
          const auto& event = events_[first + b];
          std::int64_t* row = out + b * candidates.size(1);
          row[0] = data_.history(event.user).items[event.index];
          std::copy(drawn[b].begin(), drawn[b].end(), row + 1);
          sizes.push_back(static_cast<std::int64_t>(drawn[b].size()) + 1);
        }
        candidates = candidates.to(users.window.item.device());
        scores = needs_all ? all.gather(1, candidates) : scorer.lists(users, candidates);
        Tensor empty = candidates.eq(0);
        require_finite(scores.masked_fill(empty, 0.0));
        scores = scores.masked_fill(empty, hidden);
      }
      for (const auto& rank : ranks_of_first(scores, sizes, first_wins_)) metrics[p].add(rank);
    }
    if (progress) progress(static_cast<double>(last) / static_cast<double>(events_.size()));
  }
  Result result;
  for (std::size_t p = 0; p < pools_.size(); ++p) {
    const std::string prefix = part_ + "." + pools_[p].set.name + ".";
    for (const auto& [name, value] : metrics[p].values()) result.metrics[prefix + name] = value;
    for (const auto& [name, value] : metrics[p].chance()) result.chance[prefix + name] = value;
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
