#include "host/examiner/ranks.h"

#include <cmath>

namespace pebench::examiner {
namespace {

/// Counts `others` against `target`; branchless, so that it vectorises.
template <class Score>
void count(base::Span<const Score> others, Score target, Rank& rank) {
  std::int64_t better = 0, tied = 0;
  for (Score score : others) {
    better += score > target;
    tied += score == target;
  }
  rank.better += better;
  rank.tied += tied;
}

}  // namespace

template <class Score>
bool all_finite(base::Span<const Score> scores) {
  bool finite = true;
  for (Score score : scores) finite &= std::isfinite(score);
  return finite;
}

template <class Score>
Rank rank_among_all(base::Span<const Score> scores, data::Item target,
                    const std::vector<data::Item>& left_out) {
  Rank rank;
  count(scores.last(scores.size() - 1), scores[target], rank);
  --rank.tied;  // with itself
  for (data::Item item : left_out) {
    rank.better -= scores[item] > scores[target];
    rank.tied -= scores[item] == scores[target];
  }
  rank.candidates = static_cast<std::int64_t>(scores.size() - 1) - static_cast<std::int64_t>(left_out.size());
  return rank;
}

template <class Score>
Rank rank_of_first(base::Span<const Score> scores) {
  Rank rank;
  count(scores.last(scores.size() - 1), scores[0], rank);
  rank.candidates = static_cast<std::int64_t>(scores.size());
  return rank;
}

template bool all_finite(base::Span<const float>);
template bool all_finite(base::Span<const double>);
template Rank rank_among_all(base::Span<const float>, data::Item, const std::vector<data::Item>&);
template Rank rank_among_all(base::Span<const double>, data::Item, const std::vector<data::Item>&);
template Rank rank_of_first(base::Span<const float>);
template Rank rank_of_first(base::Span<const double>);

}  // namespace pebench::examiner
