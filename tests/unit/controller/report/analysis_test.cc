#include "host/controller/report/analysis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <csignal>

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
  EXPECT_EQ(better.verdicts.direction, stats::Direction::better);
  EXPECT_FALSE(better.equivalence) << "no margin was set";
  EXPECT_NEAR(better.mean.difference, 0.01, 0.001);
  EXPECT_GT(better.deviation_adjusted_p, 0.05);

  const PairAnalysis& wild = against_baseline(report, "wild");
  EXPECT_EQ(wild.verdicts.direction, stats::Direction::undecided);
  EXPECT_EQ(wild.verdicts.stability, stats::Stability::deviates_more);
  EXPECT_GT(wild.deviation.ratio, 5);
  EXPECT_GT(wild.deviation.interval.low, 1);

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

TEST_F(Statistics, JudgesEquivalenceByAShareOfTheBaselinesMean) {
  add_seeds(20);
  lock_.judgement.equivalence_share = 0.05;  // 0.005 of 0.1: `better` is 0.01 ahead
  EXPECT_EQ(against_baseline(reports()[0], "better").equivalence, stats::Equivalence::no);
  lock_.judgement.equivalence_share = 0.15;
  const SuiteReport report = reports()[0];
  EXPECT_EQ(against_baseline(report, "better").equivalence, stats::Equivalence::yes);
  EXPECT_THAT(text_reporter(false)({report}), HasSubstr("within ±15 %"));
}

TEST_F(Statistics, LowerMayBeBetter) {
  add_seeds(20);
  lock_.judgement.lower_is_better = {lock_.primary};
  const SuiteReport report = reports()[0];
  EXPECT_EQ(against_baseline(report, "better").verdicts.direction, stats::Direction::worse);
  EXPECT_GT(against_baseline(report, "better").mean.difference, 0) << "what differs stays what it is";
}

TEST_F(Statistics, ACollapsedSeedKeepsItsValue) {
  add_seeds(20);
  for (std::uint64_t seed = 21; seed <= 28; ++seed) {
    add("beauty", "none", seed, 0.100 + 0.001 * noise(seed, 1));
    add("beauty", "better", seed, 0.01, nlohmann::json::object(), true);
    add("beauty", "wild", seed, 0.1);
  }
  const SuiteReport report = reports()[0];
  const EncodingAnalysis& better = report.analyses[0].datasets[0].encodings[1];
  EXPECT_EQ(better.seeds, 28u);
  EXPECT_EQ(better.failed, 0u);
  EXPECT_GT(*better.deviation.sd, 0.03) << "leaving collapses out would call the unstable encoding stable";
  EXPECT_EQ(against_baseline(report, "better").verdicts.stability, stats::Stability::deviates_more);
}

TEST_F(Statistics, AFailureOfTheEncodingCountsAtChanceAndBothReadingsAreShown) {
  add_seeds(20);
  for (std::uint64_t seed = 21; seed <= 26; ++seed) {
    add("beauty", "none", seed, 0.100 + 0.001 * noise(seed, 1));
    add_failed(plan("beauty", "better", seed), contract::Status::invalid, "the loss is nan");
    add("beauty", "wild", seed, 0.1 + 0.001 * noise(seed, 3));
  }
  const SuiteReport report = reports()[0];
  const EncodingAnalysis& better = report.analyses[0].datasets[0].encodings[1];
  EXPECT_EQ(better.seeds, 26u);
  EXPECT_EQ(better.failed, 6u);
  EXPECT_NEAR(better.values.back(), 0.01, 1e-15) << "chance";
  EXPECT_LT(*better.sd_of_measured, 0.002);
  const PairAnalysis& pair = against_baseline(report, "better");
  EXPECT_EQ(pair.verdicts.direction, stats::Direction::undecided);
  EXPECT_EQ(pair.verdicts.stability, stats::Stability::deviates_more);
  ASSERT_TRUE(pair.without_failed);
  EXPECT_EQ(pair.without_failed->direction, stats::Direction::better);
  EXPECT_EQ(pair.without_failed->stability, stats::Stability::undecided);
  EXPECT_THAT(
      text_reporter(false)({report}),
      AllOf(HasSubstr("better: with failed trials at chance (6 of better, 0 of none) undecided and deviates "
                      "more; without them better and undecided"),
            HasSubstr("failed, counted at chance: beauty, better, seed 21: invalid: the loss is nan")));
}

TEST_F(Statistics, WhatTheMachineDidCountsNowhere) {
  add_seeds(10);
  for (const auto& [status, signal] : {std::pair(contract::Status::timeout, 0),
                                       {contract::Status::out_of_memory, 0},
                                       {contract::Status::bad_input, 0},
                                       {contract::Status::crashed, SIGKILL}}) {
    contract::Record record = plan("beauty", "better", 100 + static_cast<int>(status));
    if (signal != 0) record.result.signal = signal;
    add_failed(record, status, "why");
  }
  const SuiteReport report = reports()[0];
  const EncodingAnalysis& better = report.analyses[0].datasets[0].encodings[1];
  EXPECT_EQ(better.seeds, 10u);
  EXPECT_EQ(better.stopped, 4u);
  EXPECT_EQ(better.failed, 0u);
  EXPECT_EQ(better.failures->value, 0);
  EXPECT_EQ(against_baseline(report, "better").verdicts.direction, stats::Direction::better);
  EXPECT_THAT(text_reporter(false)({report}),
              AllOf(HasSubstr("stopped, counted nowhere: beauty, better"), HasSubstr("--retry failed")));
}

TEST_F(Statistics, ACrashIsTheEncodings) {
  contract::Record record = plan("beauty", "none", 1);
  record.result.signal = SIGSEGV;
  record.result.status = contract::Status::crashed;
  EXPECT_EQ(outcome_of(record.result), Outcome::failed);
}

TEST_F(Statistics, CopiesAreNotReplicates) {
  // Ten seeds of `constant` gave the same trial: its number is one, and a sign-flip test of ten copies would
  // tell the number of copies and nothing else.
  add_seeds(10);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) add("beauty", "constant", seed, 0.2);
  lock_.claims = {{"Constant is better", "mean(constant) > mean(none)", lock_.primary, {}, {}}};
  const SuiteReport report = reports()[0];
  const EncodingAnalysis& constant = report.analyses[0].datasets[0].encodings[3];
  EXPECT_EQ(constant.copies, 10u);
  EXPECT_EQ(constant.seeds, 1u);
  EXPECT_THROW(against_baseline(report, "constant"), std::out_of_range) << "nothing is compared";
  EXPECT_EQ(report.claims[0].answer.conclusion, claims::Conclusion::inconclusive);
  EXPECT_EQ(report.claims[0].answer.strength, stats::Strength::none);
  EXPECT_THAT(text_reporter(false)({report}),
              AllOf(HasSubstr("beauty: the 10 trials of constant gave the same numbers"),
                    Not(HasSubstr("0.2000 ± 0.0000"))));
}

TEST_F(Statistics, NothingIsMarkedThatHasNoVerdict) {
  add_seeds(5);
  EXPECT_THAT(text_reporter(false)(reports()), Not(HasSubstr("*")));
}

TEST_F(Statistics, SeedsThatAreNotSharedAreComparedAsIndependent) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    add("beauty", "none", seed, 0.100 + 0.001 * noise(seed, 1));
    add("beauty", "better", 100 + seed, 0.110 + 0.001 * noise(seed, 2));
  }
  const SuiteReport report = reports()[0];
  const PairAnalysis& pair = against_baseline(report, "better");
  EXPECT_EQ(pair.mean.design, stats::Design::unpaired);
  EXPECT_EQ(pair.mean.seeds, 10u);
  EXPECT_EQ(pair.verdicts.direction, stats::Direction::better);
  EXPECT_THAT(text_reporter(false)({report}), HasSubstr("where no seeds are shared"));
}

TEST_F(Statistics, ASingleRunAgainstManyGivesNoVerdict) {
  add_seeds(10);
  add("beauty", "published", 1, 0.3);
  EXPECT_THROW(against_baseline(reports()[0], "published"), std::out_of_range);
}

TEST_F(Statistics, EncodingsMayDifferBetweenDataSets) {
  add_seeds(10);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    add("games", "none", seed, 0.100 + 0.001 * noise(seed, 4));
    add("games", "another", seed, 0.110 + 0.001 * noise(seed, 5));
  }
  const SuiteReport report = reports()[0];
  ASSERT_EQ(report.analyses[0].datasets.size(), 2u);
  EXPECT_EQ(report.analyses[0].datasets[1].against_baseline.size(), 1u);
  EXPECT_FALSE(report.analyses[0].across) << "ranks need the same encodings";
}

TEST_F(Statistics, CorrectsClaimsTogether) {
  add_seeds(8);  // the smallest p is 2^-7
  lock_.claims = {{"Better is better", "mean(better) > mean(none)", lock_.primary, {}, {}}};
  EXPECT_EQ(reports()[0].claims[0].answer.conclusion, claims::Conclusion::supported);
  for (int i = 0; i < 9; ++i)
    lock_.claims.push_back({"Wild is better", "mean(wild) > mean(none)", lock_.primary, {}, {}});
  const SuiteReport report = reports()[0];
  EXPECT_EQ(report.claims[0].answer.p, std::exp2(-7));
  EXPECT_EQ(report.claims[0].answer.adjusted_p, 10 * std::exp2(-7)) << "Holm over ten claims";
  EXPECT_EQ(report.claims[0].answer.conclusion, claims::Conclusion::inconclusive);
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
  EXPECT_EQ(attribution.cells[2][1].seeds, 10u);
  EXPECT_GT(attribution.cells[2][1].ratio->ratio, 5);
  EXPECT_LE(attribution.cells[2][1].adjusted_p, 0.05);
  EXPECT_EQ(attribution.cells[2][1].stability, stats::Stability::deviates_more);
  EXPECT_EQ(attribution.cells[2][1].strength, stats::Strength::exploratory);
  for (const AttributionCell& cell : attribution.cells[1]) EXPECT_GT(cell.adjusted_p, 0.05);
  EXPECT_THAT(text_reporter(false)({report}),
              AllOf(HasSubstr("abs: deviates more under index "),
                    HasSubstr("none: no deviation is told from that under clean; "
                              "the largest is 1.1x, under same (p ")));
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
      AllOf(
          HasSubstr("none: deviates less under calm 0.0x, index 0.1x (exploratory)\n"),
          ContainsRegex(
              "abs: deviates more under index [0-9.]+x; deviates less under calm 0.1x [(]exploratory[)]\n")));
}

TEST_F(Statistics, AttributionFollowsTheSeedPolicy) {
  for (std::uint64_t seed = 1; seed <= 9; ++seed)
    for (const char* variant : {"clean", "index"})
      add("noise", "none", seed, 0.3 + (variant[0] == 'i' ? 0.1 : 0.001) * noise(seed, variant[0]),
          {{"variant", variant}});
  EXPECT_THAT(text_reporter(false)(reports()), HasSubstr("none: too few seeds\n"));
}

TEST_F(Statistics, SaysWhichSeedsCameLater) {
  add_seeds(6);
  lock_.later_seeds = {5, 6};
  EXPECT_THAT(text_reporter(false)(reports()),
              HasSubstr("seeds added when there were results already: 5, 6;"));
}

}  // namespace
}  // namespace pebench::report
