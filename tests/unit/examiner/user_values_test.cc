#include "host/examiner/user_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "host/base/random.h"
#include "host/examiner/metrics.h"
#include "tests/unit/support/refusal.h"

namespace pebench::examiner {
namespace {

contract::Ranks random_ranks(std::uint32_t users) {
  base::Stream random(1, "statistics", "user values");
  contract::RankedSet set{"full", 1, {"hr@5", "ndcg@5", "mrr"}, {}, {}, {}, {}};
  contract::Ranks ranks{"id", "expected", {}, {}};
  for (std::uint32_t user = 0; user < users; ++user) {
    ranks.users.push_back(user);
    set.pool.push_back(static_cast<std::uint32_t>(1 + random.below(50)));
    set.better.push_back(static_cast<std::uint32_t>(random.below(set.pool.back())));
    set.tied.push_back(static_cast<std::uint32_t>(random.below(set.pool.back() - set.better.back())));
  }
  ranks.sets = {set};
  return ranks;
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

TEST(UserValues, TheirMeanIsTheMetric) {
  contract::Ranks ranks = random_ranks(1000);
  for (const bool ties_count : {true, false}) {
    ranks.ties = ties_count ? "expected" : "first_wins";
    RankingMetrics metrics({5, 20});
    const auto& set = ranks.sets.front();
    for (std::size_t i = 0; i < ranks.users.size(); ++i)
      metrics.add({set.better[i], ties_count ? set.tied[i] : 0, set.pool[i]});
    for (const char* measure : {"hr@5", "hr@20", "ndcg@5", "ndcg@20", "mrr"})
      EXPECT_NEAR(mean(user_values(ranks, contract::Metric::parse(std::string("test.full.") + measure))),
                  metrics.values().at(measure), 1e-12)
          << measure << ties_count;
  }
}

TEST(UserValues, AreEachUsersOwn) {
  const contract::Ranks ranks{
      "id", "expected", {2, 5}, {{"full", 1, {"hr@5"}, {3, 9}, {3, 0}, {101, 101}, {}}}};
  EXPECT_THAT(user_values(ranks, contract::Metric::parse("test.full.hr@5")), testing::ElementsAre(0.5, 0.0));
  EXPECT_THAT(user_values(ranks, contract::Metric::parse("test.full.hr@10")), testing::ElementsAre(1.0, 1.0));
}

TEST(UserValues, OfAnotherCandidateSetAreRefused) {
  EXPECT_THAT(refusal([] { user_values(random_ranks(3), contract::Metric::parse("test.uniform:9.mrr")); }),
              testing::HasSubstr("test.uniform:9.mrr"));
}

}  // namespace
}  // namespace pebench::examiner
