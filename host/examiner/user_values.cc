#include "host/examiner/user_values.h"

#include "host/examiner/metrics.h"

namespace pebench::examiner {

std::vector<double> user_values(const contract::Ranks& ranks, const contract::Metric& metric) {
  const contract::RankedSet& set = ranks.of(metric);
  const bool ties_count = ranks.ties != "first_wins";
  Gains gains;
  std::vector<double> values;
  values.reserve(set.better.size());
  for (std::size_t i = 0; i < set.better.size(); ++i) {
    const Rank rank{set.better[i], ties_count ? set.tied[i] : 0, set.pool[i]};
    if (metric.measure == "hr")
      values.push_back(Gains::hr(rank, *metric.k));
    else if (metric.measure == "ndcg")
      values.push_back(gains.ndcg(rank, *metric.k));
    else
      values.push_back(gains.mrr(rank));
  }
  return values;
}

}  // namespace pebench::examiner
