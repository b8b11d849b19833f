#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "host/base/file.h"
#include "host/contract/document.h"
#include "host/controller/report/reporter.h"
#include "tests/unit/controller/report/results_folder.h"
#include "tests/unit/support/refusal.h"

namespace pebench::report {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(Report, ShowsMeanAndDeviationPerEncoding) {
  add_good(plan("beauty", "none", 1), 0.1, 0.05);
  add_good(plan("beauty", "none", 2), 0.3, 0.07);
  add_good(plan("beauty", "relative", 1), 0.2, 0.06);
  add_good(plan("beauty", "relative", 2), 0.3, 0.06);
  EXPECT_EQ(summary_reporter(false)(reports()),
            "example: beauty\n"
            "  encoding              HR@10          NDCG@10  seeds  failed  parameters  seconds/trial\n"
            "  none        0.2000 ± 0.1414  0.0600 ± 0.0141      2       0      123456           20.0\n"
            "  relative    0.2500 ± 0.0707  0.0600 ± 0.0000      2       0      123456           25.0\n"
            "  popularity  0.0200           0.0100\n"
            "  chance      0.0010           0.0005\n"
            "\n"
            "mean ± standard deviation over the seeds; test.full: the target against all other items; "
            "baseline: none\n"
            "fewer than 6 seeds: this is a spread and no verdict\n");
}

TEST_F(Report, SaysWhatFailedAndWhatIsMissing) {
  add_good(plan("beauty", "none", 1), 0.1, 0.05);
  auto failed = plan("beauty", "rope", 1);
  add_failed(failed, contract::Status::crashed, "killed by signal 11");
  plan("beauty", "none", 2);
  plan("beauty", "rope", 2);
  EXPECT_EQ(
      summary_reporter(false)(reports()),
      "example: beauty\n"
      "  encoding              HR@10          NDCG@10  seeds  failed  missing  parameters  seconds/trial\n"
      "  none        0.1000 ±    n/a  0.0500 ±    n/a      1       0        1      123456           10.0\n"
      "  rope           n/a              n/a               0       1        1         n/a            n/a\n"
      "  popularity  0.0200           0.0100\n"
      "  chance      0.0010           0.0005\n"
      "\n"
      "mean ± standard deviation over the seeds; test.full: the target against all other items; baseline: "
      "none\n"
      "fewer than 6 seeds: this is a spread and no verdict\n"
      "failed, counted at chance: beauty, rope, seed 1: crashed: killed by signal 11 (trials/" +
          failed.id.substr(0, 2) + "/" + failed.id.substr(0, 12) +
          "*)\n"
          "`pebench run SUITE --retry failed` runs again what failed or was stopped\n");
}

TEST_F(Report, GivesEachDataSetAndPointOfTheSweepItsTable) {
  for (double limit : {0.1, 0.5})
    for (const char* dataset : {"beauty", "games"})
      add_good(plan(dataset, "none", 1, {{"model.item_max_norm", limit}}), limit, limit);
  std::string text = text_reporter(false)(reports());
  for (const char* title :
       {"example: beauty, model.item_max_norm = 0.1\n", "example: beauty, model.item_max_norm = 0.5\n",
        "example: games, model.item_max_norm = 0.1\n", "example: games, model.item_max_norm = 0.5\n"})
    EXPECT_THAT(text, HasSubstr(title));
}

TEST_F(Report, IsSilentAboutVerdictsFromSixSeedsOn) {
  for (int seed = 1; seed <= 6; ++seed) add_good(plan("beauty", "none", seed), 0.1 + 0.01 * seed, 0.05);
  EXPECT_THAT(text_reporter(false)(reports()), Not(HasSubstr("no verdict")));
}

TEST_F(Report, FollowsThePrimaryMetric) {
  lock_.primary = "test.full.mrr";
  add_good(plan("beauty", "none", 1), 0.1, 0.05);
  EXPECT_THAT(text_reporter(false)(reports()),
              AllOf(HasSubstr("HR@10"), HasSubstr("NDCG@10"), HasSubstr("MRR"), HasSubstr("0.0250")));

  lock_.primary = "test.uniform:100.ndcg@5";
  EXPECT_THAT(
      text_reporter(false)(reports()),
      AllOf(HasSubstr("HR@5"), HasSubstr("the target against 100 items drawn uniformly"), HasSubstr("n/a")));
}

TEST_F(Report, CountsEachSeedsReferencesOnce) {
  auto one = plan("beauty", "none", 1), two = plan("beauty", "rope", 1), three = plan("beauty", "none", 2);
  for (auto* record : {&one, &two}) record->result.chance["test.full.mrr"] = 0.1;
  three.result.chance["test.full.mrr"] = 0.4;
  for (const auto& record : {one, two, three}) add_good(record, 0.1, 0.05);
  auto references = reports()[0].overview.groups.at(0).references;
  ASSERT_EQ(references.size(), 2u);
  EXPECT_EQ(references[1].name, "chance");
  EXPECT_DOUBLE_EQ(references[1].metrics.at("test.full.mrr"), 0.25);
}

TEST_F(Report, JsonHoldsTheNumbersInFull) {
  add_good(plan("beauty", "none", 1), 0.1, 1.0 / 3);
  add_good(plan("beauty", "none", 2), 0.1, 2.0 / 3);
  add_failed(plan("beauty", "none", 3), contract::Status::timeout, "stopped");
  auto suite = nlohmann::json::parse(json_reporter()(reports()))["suites"][0];
  auto row = suite["groups"][0]["encodings"][0];
  EXPECT_EQ(row["metrics"]["test.full.ndcg@10"]["mean"], 0.5);
  EXPECT_DOUBLE_EQ(row["metrics"]["test.full.ndcg@10"]["standard_deviation"].get<double>(),
                   std::sqrt(1.0 / 18));
  EXPECT_EQ(row["stopped"], 1);
  EXPECT_EQ(suite["failures"][0]["status"], "timeout");
  EXPECT_EQ(suite["failures"][0]["seed"], 3);
  EXPECT_EQ(suite["groups"][0]["references"]["chance"]["test.full.hr@10"], 0.001);
}

TEST_F(Report, StatusCountsByEncoding) {
  add_good(plan("beauty", "none", 1), 0.1, 0.05);
  add_good(plan("games", "none", 1), 0.1, 0.05);
  add_failed(plan("beauty", "rope", 1), contract::Status::invalid, "nan");
  plan("games", "rope", 1);
  EXPECT_EQ(status_reporter(false)({reports()[0].overview}),
            "example: 2 of 4 trials done, 1 failed, 1 missing\n"
            "  encoding  done  failed  missing  trials\n"
            "  none         2       0        0       2\n"
            "  rope         0       1        1       2\n");
  auto suite = nlohmann::json::parse(status_json_reporter()({reports()[0].overview}))["suites"][0];
  EXPECT_EQ(suite["missing"], 1);
  EXPECT_EQ(
      suite["encodings"][1],
      nlohmann::json({{"encoding", "rope"}, {"done", 0}, {"failed", 1}, {"missing", 1}, {"trials", 2}}));
}

TEST_F(Report, ColoursOnlyWhenAsked) {
  add_failed(plan("beauty", "none", 1), contract::Status::failed, "why");
  auto all = reports();
  EXPECT_THAT(text_reporter(false)(all), Not(HasSubstr("\x1b")));
  EXPECT_THAT(text_reporter(true)(all), HasSubstr("\x1b[31m"));
}

TEST_F(Report, ABaselineThatIsNotAbovePopularityIsSaidAboveItsTable) {
  for (int seed = 1; seed <= 2; ++seed) {
    add_good(plan("beauty", "none", seed), 0.1, 0.009);  // popularity has 0.01
    add_good(plan("beauty", "rope", seed), 0.1, 0.05);
    add_good(plan("games", "none", seed), 0.1, 0.05);
    add_good(plan("games", "rope", seed), 0.1, 0.009);
  }
  const auto all = reports();
  const std::string text = summary_reporter(false)(all);
  EXPECT_THAT(text, StartsWith("Warning: the baseline none is not above what needs no training (NDCG@10: "
                               "beauty: 0.0090, popularity 0.0100). "));
}

TEST_F(Report, TheWarningNamesTheStrongestReferenceButNoMarkovChain) {
  auto record = plan("beauty", "none", 1);
  record.result.baselines = {{"item-to-item", {{"test.full.ndcg@10", 0.03}}},
                             {"markov", {{"test.full.ndcg@10", 0.04}}}};
  add_good(record, 0.1, 0.02);  // popularity has 0.01
  auto other = plan("games", "none", 1);
  other.result.baselines = {{"markov", {{"test.full.ndcg@10", 0.04}}}};
  add_good(other, 0.1, 0.02);
  const std::string text = summary_reporter(false)(reports());
  EXPECT_THAT(text, StartsWith("Warning: the baseline none is not above what needs no training (NDCG@10: "
                               "beauty: 0.0200, item-to-item 0.0300). "));
  EXPECT_THAT(text, HasSubstr("  popularity    0.0200           0.0100\n"
                              "  item-to-item     n/a           0.0300\n"
                              "  markov           n/a           0.0400\n"
                              "  chance        0.0010           0.0005\n"));
}

TEST_F(Report, RecordsThatLackABaselineLeaveItToThoseThatHaveIt) {
  add_good(plan("beauty", "none", 1), 0.1, 0.05);  // of an older version
  for (const auto& [encoding, seed] : {std::pair("rope", 1), std::pair("none", 2), std::pair("rope", 2)}) {
    auto newer = plan("beauty", encoding, seed);
    newer.result.baselines = {{"item-to-item", {{"test.full.ndcg@10", 0.01 * seed}}}};
    add_good(newer, 0.1, 0.05);
  }
  const auto references = reports()[0].overview.groups[0].references;
  ASSERT_EQ(references.size(), 3u);
  EXPECT_EQ(references[1].name, "item-to-item");
  EXPECT_DOUBLE_EQ(references[1].metrics.at("test.full.ndcg@10"), 0.015);
}

TEST_F(Report, AllItemsStandFirstAndSampledListsBesideThemAsBiased) {
  lock_.primary = "test.uniform:100.ndcg@10";
  auto record = plan("beauty", "none", 1);
  record.result.metrics = {{"test.full.hr@10", 0.1},          {"test.full.ndcg@10", 0.05},
                           {"test.popular:100.ndcg@10", 0.2}, {"test.uniform:100.hr@10", 0.6},
                           {"test.uniform:100.ndcg@10", 0.3}, {"test.uniform:100.ndcg@5", 0.25}};
  contract::write_record(folder_.record(record.id), record);
  EXPECT_EQ(
      summary_reporter(false)(reports()),
      "example: beauty\n"
      "  encoding            HR@10          NDCG@10  NDCG@10 in uniform:100 (biased)  NDCG@10 in popular:100 "
      "(biased)  seeds  failed  parameters  seconds/trial\n"
      "  none      0.1000 ±    n/a  0.0500 ±    n/a                  0.3000 ±    n/a                  0.2000 "
      "±    n/a      1       0         n/a            n/a\n"
      "\n"
      "mean ± standard deviation over the seeds; test.full: the target against all other items; "
      "test.uniform:100: the target against 100 items drawn uniformly; test.popular:100: the target "
      "against 100 items drawn by their popularity; baseline: none\n"
      "biased: a rank among sampled items says little about the rank among all, and may order models "
      "differently (Krichene and Rendle 2020, 10.1145/3394486.3403226)\n"
      "fewer than 6 seeds: this is a spread and no verdict\n");
}

TEST_F(Report, ADamagedTrialIsNamedFirstAndCountsAsMissing) {
  add_good(plan("beauty", "none", 1), 0.1, 0.05);
  add_good(plan("beauty", "none", 2), 0.3, 0.07);
  auto record = plan("beauty", "rope", 1);
  base::write_atomically(folder_.record(record.id), "{}");
  const auto all = reports();
  const std::string text = summary_reporter(false)(all), path = folder_.record(record.id).string();
  EXPECT_THAT(text, StartsWith("DAMAGED: 1 of 3 trials"));
  EXPECT_THAT(text, HasSubstr("damaged: beauty, rope, seed 1: " + path));
  EXPECT_EQ(all[0].overview.groups[0].encodings[1].missing, 1);
  const auto json = nlohmann::json::parse(json_reporter()(all))["suites"][0]["damaged"];
  ASSERT_EQ(json.size(), 1u);
  EXPECT_EQ(json[0]["id"], record.id);
  EXPECT_THAT(csv_reporter()(all), HasSubstr(record.id + ",damaged,"));
}

TEST_F(Report, ARecordWithoutItsRanksIsDamaged) {
  auto record = plan("beauty", "none", 1);
  record.result.ranks = {std::string(64, 'a'), {{"test", 1}}, {}};
  add_good(record, 0.1, 0.05);
  const auto all = reports();
  ASSERT_EQ(all[0].study.damaged.size(), 1u);
  EXPECT_THAT(all[0].study.damaged[0].what, HasSubstr("ranks.bin.gz is missing"));
}

TEST_F(Report, ARecordOfAnotherVersionIsRefused) {
  auto record = plan("beauty", "none", 1);
  auto json = record.to_json();
  json["schema"] = 99;
  contract::write_document(folder_.record(record.id), json);
  EXPECT_THAT(refusal([&] { reports(); }), HasSubstr("`schema` is 99"));
}

}  // namespace
}  // namespace pebench::report
