#include "host/controller/report/carry_over.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "host/controller/report/sections.h"
#include "host/terminal/table.h"
#include "tests/unit/controller/report/results_folder.h"

namespace pebench::report {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Values of no pattern, -1 to 1, the same in every call.
double noise(std::uint64_t seed, std::uint64_t salt) { return std::sin(12.9898 * seed + 78.233 * salt); }

const std::vector<std::string> names = {"none", "learnt", "rope", "kerple"};

class CarryOvers : public Report {
 protected:
  struct Where {
    std::string dataset = "beauty";
    std::string backbone = "carca", attention = "causal";
    nlohmann::json sweep = nlohmann::json::object();
  };

  void add_trial(const Where& where, const std::string& encoding, std::uint64_t seed, double value) {
    contract::Record record;
    nlohmann::json settings = {{"protocol", {{"attention", where.attention}}},
                               {"model", nlohmann::json::object()}};
    if (where.backbone != "carca") settings["model"]["backbone"] = where.backbone;  // a later setting
    record.identity = {{"dataset", where.dataset},
                       {"encoding", encoding},
                       {"seed", seed},
                       {"sweep", where.sweep},
                       {"settings", settings}};
    record.id = base::sha256(record.identity.dump());
    lock_.trials.push_back({record.id, where.dataset, encoding, where.sweep, seed});
    record.result.metrics = {{lock_.primary, value}};
    record.result.chance = {{lock_.primary, 0.01}};
    contract::write_record(folder_.record(record.id), record);
  }

  /// `means` of as many encodings, in hundredths, with a tenth of that from seed to seed.
  void add_setting(const Where& where, const std::vector<double>& means, std::uint64_t seeds) {
    for (std::size_t e = 0; e < means.size(); ++e)
      for (std::uint64_t seed = 1; seed <= seeds; ++seed)
        add_trial(where, names[e], seed, 0.01 * means[e] + 0.001 * noise(seed, e + 10 * means.size()));
  }

  static Where backbone(const std::string& name) {
    return {"beauty", name, "causal", {{"model.backbone", name}}};
  }

  std::vector<CarryOver> carry_overs() { return reports()[0].carry_overs; }
  std::string text() { return as_text(carry_over_section(reports()[0]), false); }
};

TEST_F(CarryOvers, SaysNothingOfOneSetting) {
  add_setting({}, {3, 4, 5}, 10);
  EXPECT_THAT(carry_overs(), IsEmpty());
  EXPECT_EQ(text(), "");
}

TEST_F(CarryOvers, SaysNothingOfTwoEncodings) {
  add_setting(backbone("carca"), {3, 4}, 10);
  add_setting(backbone("sasrec"), {3, 4}, 10);
  EXPECT_THAT(carry_overs(), IsEmpty());
}

TEST_F(CarryOvers, AnOrderThatTurnsWithTheBackboneIsSaidToTurn) {
  add_setting(backbone("carca"), {3, 4, 5}, 10);
  add_setting(backbone("sasrec"), {5, 4, 3}, 10);
  const std::vector<CarryOver> all = carry_overs();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].over, CarryOver::Over::models);
  EXPECT_FALSE(all[0].mean) << "of one pair the mean is that pair's";
  ASSERT_EQ(all[0].pairs.size(), 1u);
  const SettingPair& pair = all[0].pairs[0];
  EXPECT_THAT(pair.encodings, ElementsAre("none", "learnt", "rope"));
  EXPECT_EQ(*pair.agreement.tau, -1);
  EXPECT_EQ(*pair.ceiling(), 1);
  EXPECT_EQ(pair.kept, 0u);
  EXPECT_EQ(pair.turned, 3u);
  EXPECT_EQ(pair.verdict, stats::Carrying::turns);
  EXPECT_EQ(text(),
            "does the order carry over? encodings by NDCG@10: beauty\n"
            "  in     and in  seeds     tau   95 % interval  ceiling  kept  turned  of  verdict\n"
            "  carca  sasrec     10  -1.00*  [-1.00, -1.00]     1.00     0       3   3  turns\n"
            "\n"
            "turned: none is ahead of learnt in sasrec, and behind in carca\n"
            "turned: none is ahead of rope in sasrec, and behind in carca\n"
            "turned: learnt is ahead of rope in sasrec, and behind in carca\n" +
                text().substr(text().find("tau: Kendall's")));
  EXPECT_THAT(text(), AllOf(HasSubstr("both at 0.05 (Holm over a table), from 6 seeds on, weak below 10"),
                            HasSubstr("three encodings have three pairs")));
}

TEST_F(CarryOvers, AnOrderMayCarryOverToOtherDataAndNotToAll) {
  for (const char* dataset : {"beauty", "games"}) add_setting({dataset}, {3, 4, 5, 6}, 10);
  add_setting({"noise"}, {4, 4, 4, 4}, 10);
  const std::vector<CarryOver> all = carry_overs();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].over, CarryOver::Over::datasets);
  ASSERT_EQ(all[0].pairs.size(), 3u);
  EXPECT_EQ(all[0].pairs[0].verdict, stats::Carrying::carries_over);
  EXPECT_EQ(all[0].pairs[0].kept, 6u);
  EXPECT_EQ(all[0].pairs[1].verdict, stats::Carrying::not_known);
  EXPECT_LT(*all[0].pairs[1].ceiling(), 0.7) << "what has no order does not agree with itself";
  ASSERT_TRUE(all[0].mean);
  const double sum =
      *all[0].pairs[0].agreement.tau + *all[0].pairs[1].agreement.tau + *all[0].pairs[2].agreement.tau;
  EXPECT_NEAR(*all[0].mean->tau, sum / 3, 1e-12);
  EXPECT_THAT(text(), AllOf(HasSubstr("encodings by NDCG@10: all data sets\n"), HasSubstr("carries over\n"),
                            HasSubstr("mean tau over these 3 pairs of settings: ")));
}

TEST_F(CarryOvers, ComparesBackbonesOnEachDataSetAndDataSetsForEachBackbone) {
  for (const char* dataset : {"beauty", "games"})
    for (const char* name : {"carca", "sasrec"}) {
      Where where = backbone(name);
      where.dataset = dataset;
      add_setting(where, {3, 4, 5}, 6);
    }
  const std::vector<CarryOver> all = carry_overs();
  ASSERT_EQ(all.size(), 4u);
  for (const CarryOver& carry : all) EXPECT_EQ(carry.pairs.size(), 1u) << "never two things at once";
  EXPECT_THAT(text(), AllOf(HasSubstr("by NDCG@10: games\n"), HasSubstr("carries over (weak)"),
                            HasSubstr("by NDCG@10: all data sets, model.backbone = \"sasrec\"\n")));
}

TEST_F(CarryOvers, AttentionIsASettingButNotWhereItSeesItsTarget) {
  for (const char* attention : {"causal", "prefix", "full"})
    add_setting({"beauty", "carca", attention, {{"variant", attention}}}, {3, 4, 5}, 6);
  const std::vector<CarryOver> all = carry_overs();
  ASSERT_EQ(all.size(), 1u);
  ASSERT_EQ(all[0].settings.size(), 2u);
  EXPECT_EQ(all[0].settings[1].sweep.at("variant"), "prefix");
}

TEST_F(CarryOvers, VariantsOfOneModelAreNotComparedWithEachOther) {
  for (const char* variant : {"one", "two"})
    add_setting({"beauty", "carca", "causal", {{"variant", variant}}}, {3, 4, 5}, 6);
  EXPECT_THAT(carry_overs(), IsEmpty());
  add_setting({"beauty", "sasrec", "causal", {{"variant", "three"}}}, {3, 4, 5}, 6);
  const std::vector<CarryOver> all = carry_overs();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].pairs.size(), 2u) << "one and two with three";
}

TEST_F(CarryOvers, OtherSweptSettingsStayTheSame) {
  for (const int width : {8, 16})
    for (const char* name : {"carca", "sasrec"}) {
      Where where = backbone(name);
      where.sweep["model.width"] = width;
      add_setting(where, {3, 4, 5}, 6);
    }
  EXPECT_EQ(carry_overs().size(), 2u);
  EXPECT_THAT(text(), AllOf(HasSubstr("beauty, model.width = 8\n"), HasSubstr("\n  carca  sasrec ")));
}

TEST_F(CarryOvers, GivesNoVerdictOfFewSeeds) {
  add_setting(backbone("carca"), {3, 4, 5}, 5);
  add_setting(backbone("sasrec"), {5, 4, 3}, 5);
  EXPECT_EQ(carry_overs().at(0).pairs.at(0).verdict, stats::Carrying::not_known);
  EXPECT_THAT(text(), AllOf(HasSubstr("too few seeds"), HasSubstr("-1.00  ["), Not(HasSubstr("turned: none")),
                            Not(HasSubstr("*"))));
}

TEST_F(CarryOvers, TakesTheSeedsThatAllEncodingsHave) {
  add_setting(backbone("carca"), {3, 4, 5}, 10);
  add_setting(backbone("sasrec"), {3, 4, 5}, 10);
  add_setting(backbone("bert4rec"), {3, 4}, 10);
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6, 7}) add_trial(backbone("bert4rec"), "rope", seed, 0.05);
  const std::vector<CarryOver> all = carry_overs();
  ASSERT_EQ(all.at(0).pairs.size(), 1u) << "seven copies are one value, so that bert4rec has two encodings";
  add_trial(backbone("bert4rec"), "rope", 8, 0.051);
  const std::vector<CarryOver> more = carry_overs();
  ASSERT_EQ(more.at(0).pairs.size(), 3u);
  EXPECT_EQ(more[0].pairs[0].agreement.seeds, 10u);
  EXPECT_EQ(more[0].pairs[1].agreement.seeds, 8u);
}

TEST_F(CarryOvers, IsWithheldWhereAFailureHasNoAccount) {
  for (const char* name : {"carca", "sasrec"}) add_setting(backbone(name), {3, 4, 5}, 10);
  contract::Record failed;
  failed.identity = {{"dataset", "beauty"}, {"encoding", "rope"}, {"seed", 11}};
  failed.id = base::sha256(failed.identity.dump());
  lock_.trials.push_back({failed.id, "beauty", "rope", backbone("sasrec").sweep, 11});
  add_failed(failed, contract::Status::invalid, "nan");
  EXPECT_THAT(text(), HasSubstr("carries over")) << "it counts at chance, on a seed that the others lack";
  Study study = reports()[0].study;
  for (TrialTable& table : study.tables)
    for (EncodingTrials& trials : table.encodings)
      for (auto& record : trials.records)
        if (record) record->result.chance.clear();
  const SuiteReport report = make_report(std::move(study));
  EXPECT_EQ(report.carry_overs.at(0).pairs.at(0).verdict, stats::Carrying::not_known);
  EXPECT_THAT(as_text(carry_over_section(report), false), HasSubstr("withheld"));
}

TEST_F(CarryOvers, ATableIsNoWiderThanATerminal) {
  lock_.primary = "test.full.ndcg@10";
  for (const char* name : {"carca_causal", "carca_prefix", "sasrec_causal", "sasrec_prefix", "bert4rec"}) {
    const std::string backbone = std::string(name).substr(0, 6);
    add_setting({"amazon_games2023_small", backbone, std::string(name).substr(6), {{"variant", name}}},
                {3, 4, 5, 6}, 6);
  }
  std::istringstream lines(text());
  std::size_t rows = 0;
  for (std::string line; std::getline(lines, line);)
    if (line.rfind("  ", 0) == 0) {
      ++rows;
      EXPECT_LE(terminal::display_width(line), 120u) << line;
    }
  EXPECT_EQ(rows, 1u + 10u);
}

TEST_F(CarryOvers, StandsInEveryFormat) {
  add_setting(backbone("carca"), {3, 4, 5}, 10);
  add_setting(backbone("sasrec"), {3, 5, 4}, 10);
  EXPECT_THAT(markdown_reporter()(reports()), HasSubstr("| carca | sasrec | 10 | 0.33 |"));
  EXPECT_THAT(latex_reporter()(reports()), HasSubstr("carca & sasrec & 10 & 0.33 &"));
  const auto carry =
      nlohmann::json::parse(json_reporter()(reports())).at("suites")[0].at("carry_overs").at(0);
  EXPECT_EQ(carry.at("over"), "models");
  EXPECT_NEAR(carry.at("pairs")[0].at("tau").get<double>(), 1.0 / 3, 1e-12);
  EXPECT_EQ(carry.at("pairs")[0].at("turned"), 1);
  EXPECT_EQ(carry.at("orders")[2].at("standings")[0].at("direction"), "worse");
  EXPECT_EQ(carry.at("orders")[2].at("standings")[1].at("direction"), "better");
}

TEST_F(CarryOvers, AClaimOnAnOrderIsJudgedPerBackbone) {
  add_setting(backbone("carca"), {3, 4, 5}, 10);
  add_setting(backbone("sasrec"), {5, 4, 3}, 10);
  const std::string order = "mean(none) < mean(learnt) and mean(learnt) < mean(rope)";
  for (const char* name : {"carca", "sasrec"})
    lock_.claims.push_back({name, order, lock_.primary, std::nullopt, backbone(name).sweep});
  lock_.claims.push_back({"everywhere", order, lock_.primary, std::nullopt, nlohmann::json::object()});
  const SuiteReport report = reports()[0];
  EXPECT_EQ(report.claims.at(0).answer.conclusion, claims::Conclusion::supported);
  EXPECT_EQ(report.claims.at(1).answer.conclusion, claims::Conclusion::refuted);
  EXPECT_EQ(report.claims.at(2).answer.conclusion, claims::Conclusion::refuted) << "refuted on one point";
}

}  // namespace
}  // namespace pebench::report
