#include "host/controller/report/analysis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "host/base/error.h"
#include "tests/unit/controller/report/results_folder.h"

namespace pebench::report {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

// Values of no pattern, -1 to 1, the same in every call.
double noise(std::uint64_t seed, std::uint64_t salt) { return std::sin(12.9898 * seed + 78.233 * salt); }

class Statistics : public Report {
 protected:
  // `better` is always ahead of `none`, `wild` deviates ten times as much around the same mean.
  void add_seeds(std::uint64_t seeds, const std::string& dataset = "beauty") {
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      add(dataset, "none", seed, 0.100 + 0.001 * noise(seed, 1));
      add(dataset, "better", seed, 0.110 + 0.001 * noise(seed, 2));
      add(dataset, "wild", seed, 0.100 + 0.010 * noise(seed, 3));
    }
  }
};

const PairAnalysis& against_baseline(const SuiteReport& report, const std::string& encoding) {
  const DatasetAnalysis& dataset = report.analyses.at(0).datasets.at(0);
  for (const PairAnalysis& pair : dataset.against_baseline)
    if (dataset.encodings[pair.first].encoding == encoding) return pair;
  throw std::out_of_range(encoding);
}

TEST_F(Statistics, TellsABetterEncodingFromADeviatingOne) {
  add_seeds(20);
  const SuiteReport report = reports()[0];
  const PairAnalysis& better = against_baseline(report, "better");
  EXPECT_EQ(better.direction, stats::Direction::better);
  EXPECT_EQ(better.equivalence, stats::Equivalence::no);
  EXPECT_NEAR(better.paired.mean, 0.01, 0.001);
  EXPECT_GT(better.deviation.adjusted_p, 0.05);

  const PairAnalysis& wild = against_baseline(report, "wild");
  EXPECT_EQ(wild.direction, stats::Direction::undecided);
  EXPECT_LE(wild.deviation.adjusted_p, 0.05);
  EXPECT_GT(*wild.deviation_ratio, 5);

  const std::string text = text_reporter(false)({report});
  EXPECT_THAT(text, AllOf(HasSubstr("NDCG@10 against none: beauty"), HasSubstr("better"),
                          HasSubstr("deviates more\n"), HasSubstr("* differs from none at 0.05")));
}

TEST_F(Statistics, FlagsWhatFewSeedsCannotCarry) {
  add_seeds(8);
  const std::string text = text_reporter(false)(reports());
  EXPECT_THAT(text,
              AllOf(HasSubstr("better (weak)"), HasSubstr("too few seeds"), Not(HasSubstr("deviates more"))));
}

TEST_F(Statistics, CallsStabilityExploratoryBelowTwentySeeds) {
  add_seeds(12);
  EXPECT_THAT(text_reporter(false)(reports()), HasSubstr("deviates more (exploratory)"));
}

TEST_F(Statistics, GivesNoVerdictBelowSixSeeds) {
  add_seeds(5);
  EXPECT_THAT(text_reporter(false)(reports()),
              AllOf(Not(HasSubstr("against none")),
                    HasSubstr("fewer than 6 seeds: this is a spread and no verdict")));
}

TEST_F(Statistics, LeavesOutTrialsThatAreNotAboveChance) {
  add_seeds(10);
  add("beauty", "none", 11, 0.01, nlohmann::json::object(), true);
  add("beauty", "better", 11, 0.1);
  add("beauty", "wild", 11, 0.1);
  SuiteReport report = reports()[0];
  const EncodingAnalysis& none = report.analyses[0].datasets[0].encodings[0];
  EXPECT_EQ(none.seeds, 10u);
  EXPECT_EQ(none.failed, 1u);
  EXPECT_LT(*none.deviation.sd, 0.002);
  EXPECT_GT(*none.deviation_with_failed, 0.02) << "counted at chance";
  EXPECT_EQ(report.overview.groups[0].encodings[0].at_chance, 1);

  lock_.judgement.at_chance_fails = false;
  EXPECT_EQ(reports()[0].analyses[0].datasets[0].encodings[0].seeds, 11u);
}

TEST_F(Statistics, RanksOverDataSets) {
  for (const char* dataset : {"beauty", "games"}) add_seeds(6, dataset);
  const SuiteReport report = reports()[0];
  ASSERT_TRUE(report.analyses.at(0).across);
  EXPECT_EQ(report.analyses[0].across->ranks[0][1], 1) << "better";
  EXPECT_FALSE(report.analyses[0].across->critical_difference);
  EXPECT_THAT(text_reporter(false)({report}), HasSubstr("fewer than 5 data sets"));
}

TEST_F(Statistics, DrawsACriticalDifferenceFromFiveDataSets) {
  for (const char* dataset : {"a", "b", "c", "d", "e"}) add_seeds(2, dataset);
  EXPECT_TRUE(reports()[0].analyses.at(0).across->critical_difference);
  EXPECT_THAT(text_reporter(false)(reports()), HasSubstr("critical difference of mean ranks"));
}

TEST_F(Statistics, AnswersClaimsInThreeWays) {
  add_seeds(20);
  lock_.claims = {{"Better is better", "mean(better) > mean(none)", lock_.primary, {}, {}},
                  {"Wild is steadier", "sd(wild) < sd(none)", lock_.primary, {}, {}},
                  {"Wild is better", "mean(wild) > mean(none)", lock_.primary, "beauty", {}}};
  const SuiteReport report = reports()[0];
  ASSERT_EQ(report.claims.size(), 3u);
  EXPECT_EQ(report.claims[0].answer.conclusion, claims::Conclusion::supported);
  EXPECT_EQ(report.claims[1].answer.conclusion, claims::Conclusion::refuted);
  EXPECT_EQ(report.claims[2].answer.conclusion, claims::Conclusion::inconclusive);
  EXPECT_TRUE(report.claims[2].answer.more_seeds);
  EXPECT_THAT(text_reporter(false)({report}),
              AllOf(HasSubstr("supported"), HasSubstr("refuted"), HasSubstr("inconclusive")));
}

TEST_F(Statistics, NamesTheClaimThatCannotBeJudged) {
  add_seeds(2);
  lock_.claims = {{"A slip", "mean(bettr) > mean(none)", lock_.primary, {}, {}}};
  try {
    reports();
    FAIL() << "accepted";
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("claim \"A slip\""), HasSubstr("bettr")));
  }
}

TEST_F(Statistics, AttributesDeviationToVariants) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed)
    for (const char* variant : {"clean", "same", "index"})
      for (const char* encoding : {"none", "abs"}) {
        const bool wild = std::string(variant) == "index" && std::string(encoding) == "abs";
        const std::uint64_t salt = variant[0] + encoding[0];
        add("noise", encoding, seed, 0.3 + (wild ? 0.2 : 0.01) * noise(seed, salt), {{"variant", variant}},
            true);
      }
  const SuiteReport report = reports()[0];
  ASSERT_EQ(report.attributions.size(), 1u);
  const Attribution& attribution = report.attributions[0];
  EXPECT_EQ(attribution.variants, (std::vector<std::string>{"clean", "same", "index"}));
  EXPECT_EQ(attribution.cells[2][1].seeds, 10u) << "those at chance are kept";
  EXPECT_GT(*attribution.cells[2][1].ratio, 5);
  EXPECT_LE(attribution.cells[2][1].test.adjusted_p, 0.05);
  for (const AttributionCell& cell : attribution.cells[1]) EXPECT_GT(cell.test.adjusted_p, 0.05);
  EXPECT_THAT(text_reporter(false)({report}),
              AllOf(HasSubstr("abs: deviates more under index "),
                    HasSubstr("none: no deviation is told from that under clean; "
                              "the largest is 1.2x, under same (p ")));
}

TEST_F(Statistics, NamesTheVariantsThatDeviateLess) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed)
    for (const char* variant : {"clean", "calm", "index"})
      for (const char* encoding : {"none", "abs"}) {
        const std::string wild = std::string(encoding) == "none" ? "clean" : "index";
        const std::uint64_t salt = variant[0] + encoding[0];
        const double spread = variant == wild ? 0.2 : std::string(variant) == "calm" ? 0.001 : 0.02;
        add("noise", encoding, seed, 0.3 + spread * noise(seed, salt), {{"variant", variant}}, true);
      }
  EXPECT_THAT(
      text_reporter(false)(reports()),
      AllOf(HasSubstr("none: deviates less under calm 0.0x, index 0.1x\n"),
            ContainsRegex("abs: deviates more under index [0-9.]+x; deviates less under calm 0.1x\n")));
}

TEST_F(Statistics, ADeviationAgainstNoneAtAllIsMore) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed)
    for (const char* variant : {"clean", "index"})
      add("noise", "none", seed, 0.3 + (variant[0] == 'i' ? 0.1 * noise(seed, 1) : 0), {{"variant", variant}},
          true);
  EXPECT_THAT(text_reporter(false)(reports()), HasSubstr("none: deviates more under index (n/a)\n"));
}

TEST_F(Statistics, SaysWhichSeedsCameLater) {
  add_seeds(6);
  lock_.later_seeds = {5, 6};
  EXPECT_THAT(text_reporter(false)(reports()),
              HasSubstr("seeds added when there were results already: 5, 6;"));
}

}  // namespace
}  // namespace pebench::report
