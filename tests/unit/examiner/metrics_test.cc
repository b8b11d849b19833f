#include "host/examiner/metrics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace pebench::examiner {
namespace {

Metrics of(std::vector<Rank> ranks, std::vector<std::int64_t> cutoffs = {1, 5, 10}) {
  RankingMetrics metrics(std::move(cutoffs));
  for (const auto& rank : ranks) metrics.add(rank);
  return metrics.values();
}

double gain(double rank) { return 1.0 / std::log2(rank + 2.0); }

TEST(RankingMetrics, WithoutTies) {
  auto first = of({{0, 0, 101}});
  EXPECT_DOUBLE_EQ(first["hr@1"], 1.0);
  EXPECT_DOUBLE_EQ(first["ndcg@10"], 1.0);
  EXPECT_DOUBLE_EQ(first["mrr"], 1.0);
  EXPECT_DOUBLE_EQ(first["tie_rate"], 0.0);
  auto seventh = of({{6, 0, 101}});
  EXPECT_DOUBLE_EQ(seventh["hr@5"], 0.0);
  EXPECT_DOUBLE_EQ(seventh["hr@10"], 1.0);
  EXPECT_DOUBLE_EQ(seventh["ndcg@5"], 0.0);
  EXPECT_DOUBLE_EQ(seventh["ndcg@10"], gain(6));
  EXPECT_DOUBLE_EQ(seventh["mrr"], 1.0 / 7);
}

TEST(RankingMetrics, TiesCountWithTheirExpectedValue) {
  // 3 better, 3 tied with the target: its rank is 3, 4, 5 or 6, each with probability 1/4.
  auto tied = of({{3, 3, 101}});
  EXPECT_DOUBLE_EQ(tied["hr@5"], 2.0 / 4);
  EXPECT_DOUBLE_EQ(tied["ndcg@5"], (gain(3) + gain(4)) / 4);
  EXPECT_DOUBLE_EQ(tied["ndcg@10"], (gain(3) + gain(4) + gain(5) + gain(6)) / 4);
  EXPECT_DOUBLE_EQ(tied["mrr"], (1.0 / 4 + 1.0 / 5 + 1.0 / 6 + 1.0 / 7) / 4);
  EXPECT_DOUBLE_EQ(tied["tie_rate"], 1.0);
}

TEST(RankingMetrics, TiesAreCountedWhateverTheyCountAs) {
  RankingMetrics metrics({5});
  metrics.add({3, 3, 101}, /*counted=*/{3, 0, 101});
  metrics.add({9, 0, 101});
  EXPECT_DOUBLE_EQ(metrics.values()["hr@5"], 0.5);
  EXPECT_DOUBLE_EQ(metrics.values()["tie_rate"], 0.5);
}

TEST(RankingMetrics, AUserMayCountSeveralTimes) {
  RankingMetrics metrics({5}), repeated({5});
  const Rank hit{3, 1, 101}, miss{8, 0, 50};
  metrics.add(hit, hit, 3);
  metrics.add(miss, miss, 0);
  metrics.add(miss, miss, 1);
  for (const Rank& rank : {hit, hit, hit, miss}) repeated.add(rank);
  EXPECT_EQ(metrics.values(), repeated.values());
  EXPECT_EQ(metrics.users(), 4);
  for (const auto& [name, value] : repeated.chance())
    EXPECT_NEAR(metrics.chance()[name], value, 1e-15) << name;
}

TEST(RankingMetrics, ScoresThatAllTieAreChance) {
  for (std::int64_t candidates : {5, 35, 101}) {
    RankingMetrics metrics({5, 10, 20});
    metrics.add({0, candidates - 1, candidates});
    auto values = metrics.values(), chance = metrics.chance();
    for (const char* name : {"hr@5", "hr@10", "ndcg@10", "mrr"})
      EXPECT_NEAR(values[name], chance[name], 1e-15) << name;
    EXPECT_DOUBLE_EQ(chance["hr@10"], std::min(1.0, 10.0 / static_cast<double>(candidates)));
  }
}

TEST(RankingMetrics, ChanceIsTheMeanOverAllRanks) {
  RankingMetrics metrics({5});
  std::vector<Rank> ranks;
  for (std::int64_t g = 0; g < 50; ++g) ranks.push_back({g, 0, 50});
  for (const auto& rank : ranks) metrics.add(rank);
  auto values = metrics.values(), chance = metrics.chance();
  for (const char* name : {"hr@5", "ndcg@5", "mrr"}) EXPECT_NEAR(values[name], chance[name], 1e-14) << name;
}

TEST(RankingMetrics, AveragesOverUsers) {
  EXPECT_DOUBLE_EQ(of({{0, 0, 9}, {1, 0, 9}, {8, 0, 9}, {8, 0, 9}})["hr@1"], 0.25);
  EXPECT_TRUE(std::isnan(of({})["hr@1"]));
}

}  // namespace
}  // namespace pebench::examiner
