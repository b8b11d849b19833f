#include "host/controller/report/users.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "host/base/random.h"
#include "host/controller/report/outcome.h"

namespace pebench::report {
namespace {

constexpr std::size_t seeds = 8, users = 40;
const std::string metric = "test.full.ndcg@10";

contract::Record measured(double value) {
  contract::Record record;
  record.result.metrics[metric] = value;
  return record;
}

/// `ahead` is 0.1 ahead of `none` for every seed and for most users; `lucky` for one user in ten alone.
Study example() {
  Study study;
  study.lock.baseline = "none";
  study.lock.primary = metric;
  TrialTable table;
  table.dataset = "beauty";
  table.sweep = nlohmann::json::object();
  UserScores scores;
  for (std::size_t u = 0; u < users; ++u) scores.users.push_back("user " + std::to_string(u));
  base::Stream stream(1, "test", "users");
  for (const std::string encoding : {"none", "ahead", "lucky"}) {
    table.encodings.push_back({encoding, {}, seeds});
    scores.values[metric].emplace_back();
    for (std::size_t s = 0; s < seeds; ++s) {
      std::vector<double> values;
      double sum = 0;
      for (std::size_t u = 0; u < users; ++u) {
        double value = 0.3 + 0.02 * stream.normal();
        if (encoding == "ahead") value += 0.1;
        if (encoding == "lucky" && u % 20 == 0) value += 1;
        values.push_back(value);
        sum += value;
      }
      scores.values[metric].back().push_back(values);
      table.encodings.back().records.emplace_back(measured(sum / users));
    }
  }
  for (std::uint64_t s = 1; s <= seeds; ++s) table.seeds.push_back(s);
  table.users = scores;
  study.tables.push_back(table);
  return study;
}

TEST(Users, TellWhatHoldsForOthersFromWhatHoldsForThese) {
  const auto analyses = analyse_users(example());
  ASSERT_EQ(analyses.size(), 1u);
  ASSERT_EQ(analyses[0].comparisons.size(), 2u);
  const UserComparison &ahead = analyses[0].comparisons[0], &lucky = analyses[0].comparisons[1];
  EXPECT_EQ(ahead.direction, stats::Direction::better);
  EXPECT_GT(ahead.crossed.other_users.low, 0.08);
  EXPECT_GT(lucky.crossed.other_seeds.low, 0.02) << "for these users it is ahead whatever the seed";
  EXPECT_EQ(lucky.direction, stats::Direction::undecided) << "two users of forty say little of others";
  EXPECT_GT(lucky.crossed.user, 10 * lucky.crossed.seed);
}

TEST(Users, LowerMayBeBetter) {
  Study study = example();
  study.lock.judgement.lower_is_better = {metric};
  EXPECT_EQ(analyse_users(study)[0].comparisons[0].direction, stats::Direction::worse);
}

TEST(Users, ThoseWhomATrialLacksAreLeftOutForAll) {
  Study study = example();
  study.tables[0].users->values.at(metric)[1][3][7] = NAN;
  EXPECT_EQ(analyse_users(study)[0].comparisons[1].crossed.users, users - 1);
}

TEST(Users, FewSeedsGiveNoVerdictAndTrialsWithoutRanksNothing) {
  Study study = example();
  for (EncodingTrials& trials : study.tables[0].encodings)
    for (std::size_t s = 5; s < seeds; ++s) trials.records[s].reset();
  EXPECT_EQ(analyse_users(study)[0].comparisons[0].crossed.seeds, 5u);
  EXPECT_EQ(analyse_users(study)[0].comparisons[0].direction, stats::Direction::undecided);
  study.tables[0].users.reset();
  EXPECT_TRUE(analyse_users(study).empty());
}

TEST(Users, OfRankFilesMustBeTheSameInAllTrials) {
  Study study = example();
  study.tables[0].users.reset();
  int asked = 0;
  study.ranked_users = [&asked](const contract::Record& record, const std::string&) {
    const auto value = static_cast<float>(record.result.metrics.at(metric));
    // The last trial that is asked for ranked somebody else.
    return std::optional(UserValues{{1, 2, ++asked == 3 * seeds ? 4u : 3u}, {value, value, value + 0.01F}});
  };
  const auto analyses = analyse_users(study);
  EXPECT_EQ(analyses[0].comparisons[0].crossed.seeds, seeds);
  EXPECT_EQ(analyses[0].comparisons[1].crossed.seeds, seeds - 1);
}

TEST(AtChance, IsAOneSidedTestOnHits) {
  contract::Result result;
  result.metrics = {{metric, 0.01}, {"test.full.hr@10", 0.02}};
  result.chance = {{metric, 0.005}, {"test.full.hr@10", 0.01}};
  EXPECT_FALSE(is_at_chance(result, metric)) << "a record without ranks does not tell";
  result.ranks = contract::KeptRanks{"", {{"test", 100}}, {}};
  EXPECT_EQ(is_at_chance(result, metric), true) << "R: pbinom(1, 100, .01, lower.tail = FALSE) is .264";
  result.ranks->users["test"] = 1000;
  EXPECT_EQ(is_at_chance(result, metric), false) << "R: pbinom(19, 1000, .01, lower.tail = FALSE) is .0033";
  result.ranks->users["valid"] = 10;
  EXPECT_EQ(is_at_chance(result, "test.full.mrr"), false);
}

}  // namespace
}  // namespace pebench::report
