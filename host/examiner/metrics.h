#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace pebench::examiner {

/// Metric name -> value: "hr@10", "ndcg@10", "mrr", "tie_rate".
using Metrics = std::map<std::string, double>;

/// Where a target came among its candidates.
struct Rank {
  std::int64_t better = 0;      ///< g: candidates with a strictly higher score
  std::int64_t tied = 0;        ///< e: other candidates with the target's score
  std::int64_t candidates = 1;  ///< C, the target included
};

/// What a rank counts in each metric, ties with their expected value (docs/protocol.md, Ranks and ties):
/// HR@k = clip((k-g)/(e+1), 0, 1); NDCG@k and MRR = the mean gain over ranks g .. g+e. Sums of gains are
/// kept, so one object serves many ranks.
class Gains {
 public:
  static double hr(const Rank& rank, std::int64_t k);
  double ndcg(const Rank& rank, std::int64_t k);
  double mrr(const Rank& rank);

  /// Sum of 1/log2(r+2) over ranks first .. last-1.
  double discounted(std::int64_t first, std::int64_t last);
  /// Sum of 1/(r+1) over ranks first .. last-1.
  double reciprocal(std::int64_t first, std::int64_t last);

 private:
  std::vector<double> discounted_{0.0};  ///< [n]: sum over r < n
  std::vector<double> reciprocal_{0.0};  ///< [n]: sum over r < n
};

/// Averages ranking metrics over users.
class RankingMetrics {
 public:
  /// `cutoffs`: the values of k.
  explicit RankingMetrics(const std::vector<std::int64_t>& cutoffs);

  /// `counted`: what the rank counts as, where the protocol has a rule of its own for ties; `times`: as how
  /// many users. tie_rate is about `rank`.
  void add(const Rank& rank, const Rank& counted, std::int64_t times = 1);
  void add(const Rank& rank) { add(rank, rank); }
  std::int64_t users() const { return users_; }

  /// Means over the users added so far; NaN without any.
  Metrics values() const;
  /// The same metrics for scores that are all different and random; its tie_rate is 0.
  Metrics chance() const;

 private:
  struct Cutoff {
    std::int64_t k;
    std::string hr, ndcg;  ///< the names of its metrics
  };
  std::vector<Cutoff> cutoffs_;
  Gains gains_;
  Metrics sum_, chance_sum_;
  std::int64_t users_ = 0;
};

}  // namespace pebench::examiner
