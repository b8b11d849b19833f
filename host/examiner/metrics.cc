#include "host/examiner/metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/contract/metric.h"

namespace pebench::examiner {
namespace {

Metrics divided(const Metrics& sum, std::int64_t users) {
  Metrics means;
  for (const auto& [name, value] : sum)
    means[name] = users > 0 ? value / static_cast<double>(users) : std::numeric_limits<double>::quiet_NaN();
  return means;
}

double discounted_gain(std::int64_t rank) { return 1.0 / std::log2(static_cast<double>(rank) + 2.0); }
double reciprocal_gain(std::int64_t rank) { return 1.0 / (static_cast<double>(rank) + 1.0); }

/// prefix[n] = sum of gain(r) over r < n; sum of gain over ranks first .. last-1.
double sum_between(std::vector<double>& prefix, double (*gain)(std::int64_t), std::int64_t first,
                   std::int64_t last) {
  if (last <= first) return 0.0;
  while (static_cast<std::int64_t>(prefix.size()) <= last)
    prefix.push_back(prefix.back() + gain(static_cast<std::int64_t>(prefix.size()) - 1));
  return prefix[last] - prefix[first];
}

/// The share of a tied group's places that one place has.
double share_of(const Rank& rank) { return 1.0 / static_cast<double>(rank.tied + 1); }

}  // namespace

double Gains::hr(const Rank& rank, std::int64_t k) {
  return std::clamp(static_cast<double>(k - rank.better) * share_of(rank), 0.0, 1.0);
}

double Gains::ndcg(const Rank& rank, std::int64_t k) {
  return share_of(rank) * discounted(rank.better, std::min(rank.better + rank.tied + 1, k));
}

double Gains::mrr(const Rank& rank) {
  return share_of(rank) * reciprocal(rank.better, rank.better + rank.tied + 1);
}

double Gains::discounted(std::int64_t first, std::int64_t last) {
  return sum_between(discounted_, discounted_gain, first, last);
}

double Gains::reciprocal(std::int64_t first, std::int64_t last) {
  return sum_between(reciprocal_, reciprocal_gain, first, last);
}

RankingMetrics::RankingMetrics(const std::vector<std::int64_t>& cutoffs) {
  for (auto k : cutoffs) {
    cutoffs_.push_back({k, contract::measure_at("hr", k), contract::measure_at("ndcg", k)});
    sum_[cutoffs_.back().hr] = sum_[cutoffs_.back().ndcg] = 0.0;
  }
  sum_["mrr"] = sum_["tie_rate"] = 0.0;
  chance_sum_ = sum_;
}

void RankingMetrics::add(const Rank& rank, const Rank& counted, std::int64_t times) {
  const std::int64_t C = rank.candidates;
  const auto weight = static_cast<double>(times);
  const double uniform = weight / static_cast<double>(C);
  for (const auto& [k, hr, ndcg] : cutoffs_) {
    sum_[hr] += weight * Gains::hr(counted, k);
    sum_[ndcg] += weight * gains_.ndcg(counted, k);
    chance_sum_[hr] += static_cast<double>(std::min(k, C)) * uniform;
    chance_sum_[ndcg] += uniform * gains_.discounted(0, std::min(k, C));
  }
  sum_["mrr"] += weight * gains_.mrr(counted);
  chance_sum_["mrr"] += uniform * gains_.reciprocal(0, C);
  sum_["tie_rate"] += rank.tied > 0 ? weight : 0.0;
  users_ += times;
}

Metrics RankingMetrics::values() const { return divided(sum_, users_); }
Metrics RankingMetrics::chance() const { return divided(chance_sum_, users_); }

}  // namespace pebench::examiner
