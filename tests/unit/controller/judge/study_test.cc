#include "host/controller/judge/study.h"

#include <gmock/gmock.h>

#include <cmath>
#include <fstream>

#include "host/controller/judge/table_reader.h"
#include "host/controller/judge/trec.h"
#include "tests/unit/support/refusal.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::judge {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsNan;
using ::testing::Not;

report::Study judged(std::string_view text, const Question& question = {}, const Mapping& mapping = {}) {
  return study_of(read_table(text, "r.csv", "r", mapping, std::nullopt), question);
}

std::string refused(std::string_view text, const Question& question = {}) {
  return refusal([&] { judged(text, question); });
}

/// Seed by seed; NaN where there is no record.
std::vector<double> values(const report::Study& study, std::size_t table, std::size_t encoding,
                           const std::string& metric) {
  std::vector<double> all;
  for (const auto& record : study.tables.at(table).encodings.at(encoding).records)
    all.push_back(record && record->result.metrics.count(metric) ? record->result.metrics.at(metric)
                                                                 : std::nan(""));
  return all;
}

TEST(JudgedStudy, IsATablePerDatasetWithItsEncodings) {
  const report::Study study = judged("dataset,model,seed,y\nd,none,2,1\nd,none,1,2\nd,a,1,3\ne,b,1,4\n");
  ASSERT_EQ(study.tables.size(), 2u);
  EXPECT_EQ(study.tables[1].dataset, "e");
  EXPECT_THAT(study.tables[0].seeds, ElementsAre(1, 2));
  EXPECT_THAT(values(study, 0, 0, "y"), ElementsAre(2, 1));
  EXPECT_THAT(values(study, 0, 1, "y"), ElementsAre(3, IsNan()));
  ASSERT_EQ(study.tables[1].encodings.size(), 1u);
  EXPECT_EQ(study.tables[1].encodings[0].encoding, "b");
  EXPECT_EQ(study.tables[0].encodings[1].planned, 1) << "a was never to have seed 2";
  EXPECT_EQ(study.lock.trials.size(), 4u);
  EXPECT_EQ(study.lock.baseline, "none");
  EXPECT_EQ(study.lock.primary, "y");
}

TEST(JudgedStudy, TheOrderOfRowsChangesNothing) {
  const report::Study one = judged("model,seed,y\na,x,1\na,w,2\nb,x,3\n");
  const report::Study other = judged("model,seed,y\na,w,2\nb,x,3\na,x,1\n");
  for (std::size_t e = 0; e < 2; ++e)
    for (std::size_t s = 0; s < 2; ++s)
      EXPECT_EQ(one.tables[0].encodings[e].records[s].has_value(),
                other.tables[0].encodings[e].records[s].has_value());
  EXPECT_THAT(values(one, 0, 0, "y"), ElementsAre(2, 1));
  EXPECT_THAT(values(other, 0, 0, "y"), ElementsAre(2, 1));
  EXPECT_THAT(one.origin->notes, Contains(HasSubstr("1 = w")));
}

TEST(JudgedStudy, RecordsSayThatTheyWereNotRunHere) {
  const report::Study study = judged("model,seed,y\na,1,0.5\n");
  const contract::Record& record = *study.tables[0].encodings[0].records[0];
  EXPECT_THAT(record.identity.at("origin").get<std::string>(), HasSubstr("not run here, cannot be replayed"));
  EXPECT_EQ(record.identity.at("file"), "r.csv");
  EXPECT_EQ(record.identity.at("sha256"), study.origin->files[0].sha256);
  EXPECT_EQ(record.id.size(), 64u);
  EXPECT_NO_THROW(contract::Record::from_json(record.to_json(), "record.json")) << "and are records";
}

TEST(JudgedStudy, WithoutSeedsNoTwoRunsShareOne) {
  const report::Study study = judged("model,y\na,1\nb,2\na,3\n");
  EXPECT_THAT(study.tables[0].seeds, ElementsAre(1, 2, 3));
  EXPECT_THAT(values(study, 0, 0, "y"), ElementsAre(1, 3, IsNan()));
  EXPECT_THAT(values(study, 0, 1, "y"), ElementsAre(IsNan(), IsNan(), 2));
  EXPECT_THAT(study.origin->notes, Contains(HasSubstr("no seeds are given")));
}

TEST(JudgedStudy, ANumberThatIsNotFiniteMakesAFailedTrial) {
  const report::Study study = judged("model,seed,y,z\na,1,0.5,inf\na,2,0.5,1\n");
  const auto& record = study.tables[0].encodings[0].records[0];
  ASSERT_TRUE(record);
  EXPECT_EQ(record->result.status, contract::Status::invalid);
  EXPECT_EQ(record->result.reason, "z is inf (r.csv:2:9)");
  EXPECT_THAT(record->result.metrics, IsEmpty());
}

TEST(JudgedStudy, AnEmptyCellIsAMissingNumberAndAnEmptyRowAMissingTrial) {
  const report::Study study = judged("model,seed,y,z\na,1,,1\na,2,,\na,3,5,\n");
  const auto& trials = study.tables[0].encodings[0];
  EXPECT_EQ(trials.records[0]->result.status, contract::Status::ok);
  EXPECT_THAT(values(study, 0, 0, "y"), ElementsAre(IsNan(), IsNan(), 5));
  EXPECT_FALSE(trials.records[1]);
  EXPECT_EQ(trials.planned, 3);
}

TEST(JudgedStudy, RefusesARunThatIsThereTwice) {
  EXPECT_THAT(
      refused("dataset,model,seed,y\nd,a,1,5\nd,b,1,5\nd,a,1,6\n"),
      HasSubstr("r.csv:4:7: d, a, seed 1 has y already, in line 2; leave one out, or tell them apart with "
                "--split COLUMN"));
  EXPECT_THAT(refused("model,user,y\na,u,5\na,u,6\n"),
              HasSubstr("r, a, user u has y already, in line 2; leave one out, or "
                        "tell them apart with --seed COLUMN"));
}

TEST(JudgedStudy, SettingsMakeTablesOfTheirOwn) {
  Mapping mapping;
  mapping.split = {"lr"};
  const report::Study study = judged("model,seed,lr,y\na,1,0.1,5\na,1,0.2,6\n", {}, mapping);
  ASSERT_EQ(study.tables.size(), 2u);
  EXPECT_EQ(report::title_of(study.tables[1].dataset, study.tables[1].sweep), "r, lr = 0.2");
}

TEST(JudgedStudy, NumbersOfUsersAreAveragedAndKept) {
  const report::Study study = judged("model,seed,user,y\na,1,v,1\na,1,u,2\na,2,u,4\n");
  EXPECT_THAT(values(study, 0, 0, "y"), ElementsAre(2, 4)) << "of u, whom both runs have";
  const report::UserScores& scores = *study.tables[0].users;
  EXPECT_THAT(scores.users, ElementsAre("u", "v"));
  EXPECT_THAT(scores.values.at("y")[0][0], ElementsAre(2, IsNan()));
  EXPECT_THAT(scores.values.at("y")[0][1], ElementsAre(4, IsNan()));
  EXPECT_THAT(
      study.origin->notes,
      Contains(HasSubstr("2 users: every number is the mean over those whom every run of its data set "
                         "has, and some lack some")));
  EXPECT_THAT(refused("model,seed,user,y\na,1,v,1\na,2,u,4\n"),
              HasSubstr("r, y: no user is in all of the 2 runs"));
  EXPECT_FALSE(judged("model,seed,y\na,1,1\n").tables[0].users);
}

TEST(JudgedStudy, AUsersNumberThatIsNotFiniteFailsTheRun) {
  const report::Study study = judged("model,seed,user,y\na,1,u,1\na,1,v,nan\n");
  EXPECT_EQ(study.tables[0].encodings[0].records[0]->result.reason, "y of user v is nan (r.csv:3:7)");
}

TEST(JudgedStudy, QueriesOfTrecEval) {
  Numbers numbers;
  for (const char* seed : {"1", "2"})
    add_trec("map\t301\t0.25\nmap\t302\t0.75\n", {std::nullopt, "bm25", seed, "q.txt"}, "queries", numbers);
  const report::Study study = study_of(numbers, {});
  EXPECT_THAT(values(study, 0, 0, "map"), ElementsAre(0.5, 0.5));
  EXPECT_THAT(study.tables[0].users->users, ElementsAre("301", "302"));
  EXPECT_EQ(study.origin->files.size(), 2u);
}

TEST(JudgedStudy, TheBaselineIsGivenOrKnownOrTheFirst) {
  Question question;
  EXPECT_EQ(judged("model,y\na,1\nbaseline,2\n").lock.baseline, "baseline");
  EXPECT_EQ(judged("model,y\na,1\nb,2\n").lock.baseline, "a");
  question.baseline = "b";
  EXPECT_EQ(judged("model,y\na,1\nb,2\n", question).lock.baseline, "b");
  question.baseline = "ab";
  EXPECT_THAT(refused("model,y\nabc,1\n", question),
              HasSubstr("--baseline \"ab\": there is no such encoding; did you mean \"abc\"?"));
}

TEST(JudgedStudy, ThePrimaryMetricIsOneOfThem) {
  Question question;
  question.primary = "z";
  EXPECT_EQ(judged("model,y,z\na,1,2\n", question).lock.primary, "z");
  EXPECT_THAT(refused("model,y\na,1\n", question),
              HasSubstr("--primary \"z\": there is no such metric; did you mean \"y\"?"));
  question = {};
  question.lower_is_better = {"loss"};
  EXPECT_THAT(refused("model,y\na,1\n", question),
              HasSubstr("--lower-is-better \"loss\": there is no such metric"));
}

TEST(JudgedStudy, IsJudgedAsOneAsks) {
  Question question;
  question.alpha = 0.01;
  question.equivalence_share = 0.05;
  question.lower_is_better = {"y"};
  const results::Judgement judgement = judged("model,y\na,1\n", question).lock.judgement;
  EXPECT_EQ(judgement.alpha, 0.01);
  EXPECT_EQ(judgement.equivalence_share, 0.05);
  EXPECT_THAT(judgement.lower_is_better, ElementsAre("y"));
}

TEST(JudgedStudy, ChanceMayDifferBetweenDatasets) {
  const std::string_view text = "dataset,model,seed,y,z\nd,a,1,5,5\ne,a,1,5,5\n";
  Question question;
  question.chance = {"y=0.1", "e:y=0.2"};
  const report::Study study = judged(text, question);
  EXPECT_EQ(report::chance_of(study.tables[0], "y"), 0.1);
  EXPECT_EQ(report::chance_of(study.tables[1], "y"), 0.2);
  EXPECT_EQ(study.tables[0].encodings[0].records[0]->result.chance.count("z"), 0u);
  for (const char* wrong : {"y", "y=a", "y=inf"}) {
    question.chance = {wrong};
    EXPECT_THAT(refused(text, question), HasSubstr("expected METRIC=VALUE or DATASET:METRIC=VALUE"));
  }
  question.chance = {"f:y=1"};
  EXPECT_THAT(refused(text, question), HasSubstr("--chance \"f:y\": there is no such metric"));
}

TEST(JudgedStudy, ClaimsAreAboutThePrimaryMetric) {
  Question question;
  question.claims = {"sd(a) < sd(b)"};
  const auto claims = judged("model,seed,y\na,1,5\nb,1,5\n", question).lock.claims;
  ASSERT_EQ(claims.size(), 1u);
  EXPECT_EQ(claims[0].metric, "y");
  EXPECT_FALSE(claims[0].dataset);
  question.claims = {"sd(a) < sd(c)"};
  EXPECT_THAT(refused("model,seed,y\na,1,5\nb,1,5\n", question),
              AllOf(HasSubstr("--claim: "), HasSubstr("unknown encoding \"c\"")));
  question.claims = {"hr@5(a) < 1"};
  EXPECT_THAT(refused("model,seed,y\na,1,5\n", question),
              HasSubstr("hr and ndcg ask for metrics named like test.full.ndcg@10"));
}

TEST(JudgedStudy, HrAndNdcgAreThoseOfPebenchsOwnNames) {
  Question question;
  question.claims = {"hr@5(a) < 1"};
  EXPECT_EQ(judged("model,seed,test.full.hr@5\na,1,0.5\n", question).lock.claims.size(), 1u);
  EXPECT_THAT(refused("model,seed,test.full.hr@10\na,1,0.5\n", question),
              HasSubstr("there is no metric \"test.full.hr@5\""));
}

class JudgedClaims : public ::testing::Test {
 protected:
  std::vector<results::LockedClaim> read(const std::string& toml) {
    std::ofstream(folder_.path() / "claims.toml") << toml;
    Question question;
    question.claims_file = (folder_.path() / "claims.toml").string();
    Mapping mapping;
    mapping.split = {"lr"};
    return judged("dataset,model,seed,lr,y,z\nd,a,1,0.1,5,6\nd,b,1,0.1,5,6\n", question, mapping).lock.claims;
  }

  TemporaryFolder folder_;
};

TEST_F(JudgedClaims, StandInAFileAsInASuite) {
  const auto claims = read(
      "[suite]\nname = 'of no account'\n[[claim]]\ntext = 'T'\ntest = 'mean(a) < mean(b)'\n"
      "metric = 'z'\ndataset = 'd'\nsweep = { lr = 0.1 }\n[[claim]]\ntext = 'U'\ntest = 'sd(a) < 1'\n");
  ASSERT_EQ(claims.size(), 2u);
  EXPECT_EQ(claims[0].text, "T");
  EXPECT_EQ(claims[0].metric, "z");
  EXPECT_EQ(claims[0].dataset, "d");
  EXPECT_EQ(claims[0].sweep.dump(), R"({"lr":0.1})");
  EXPECT_EQ(claims[1].metric, "y");
}

TEST_F(JudgedClaims, AreRefusedWithTheirPlace) {
  EXPECT_THAT(refusal([&] { read("[[claim]]\ntext = 'T'\ntest = 'sd(a) < sd(c)'\n"); }),
              AllOf(HasSubstr("claims.toml:3:8: claim \"T\": "), HasSubstr("unknown encoding \"c\"")));
  EXPECT_THAT(refusal([&] { read("[[claim]]\ntext = 'T'\ntest = 'sd(a) < 1'\ndataset = 'e'\n"); }),
              HasSubstr("there is no data set \"e\""));
  EXPECT_THAT(refusal([&] { read("[[claim]]\ntext = 'T'\ntest = 'sd(a) < 1'\nmetrics = 'z'\n"); }),
              HasSubstr("did you mean"));
  EXPECT_THAT(refusal([&] { read("[[claims]]\ntext = 'T'\n"); }), HasSubstr("claims.toml has no [[claim]]"));
  EXPECT_THAT(refusal([&] { read("[[claim]\n"); }), HasSubstr("this is not TOML"));
}

}  // namespace
}  // namespace pebench::judge
