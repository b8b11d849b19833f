#include "host/controller/report/study_agreement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/base/error.h"
#include "tests/unit/controller/report/results_folder.h"

namespace pebench::report {
namespace {

using ::testing::HasSubstr;

class Compare : public Report {
 protected:
  Study study() { return reports()[0].study; }
  void add_two_seeds() {
    for (std::uint64_t seed : {1, 2})
      for (const char* encoding : {"none", "rope"}) add("beauty", encoding, seed, 0.1 * seed);
  }
};

TEST_F(Compare, ARunIsTheSameAsItself) {
  add_two_seeds();
  const StudyAgreement agreement = agreement_of(study(), study());
  EXPECT_TRUE(agreement.same());
  EXPECT_EQ(agreement.trials.size(), 4u);
  EXPECT_TRUE(json_of(agreement)["same"]);
}

TEST_F(Compare, FindsTheTrialThatDiffers) {
  add_two_seeds();
  const Study before = study();
  Study now = before;
  now.tables[0].encodings[1].records[1]->result.metrics["test.full.ndcg@10"] = 0.25;
  const StudyAgreement agreement = agreement_of(before, now);
  EXPECT_FALSE(agreement.same());
  EXPECT_EQ(agreement.different(), 1u);
  EXPECT_EQ(agreement.encodings[1].different, 1u);
  EXPECT_NEAR(agreement.encodings[1].paired->difference, 0.025, 1e-12) << "second - first";
  EXPECT_THAT(
      as_text(compose(agreement), false),
      HasSubstr("first difference: beauty, rope, seed 2: /metrics/test.full.ndcg@10 is 0.2 and 0.25"));
}

TEST_F(Compare, ARecordMissingInOneIsADifference) {
  add_two_seeds();
  const Study before = study();
  Study now = before;
  now.tables[0].encodings[1].records[1].reset();
  EXPECT_EQ(agreement_of(before, now).only_first, 1u);
  EXPECT_EQ(agreement_of(now, before).only_second, 1u);
  EXPECT_FALSE(agreement_of(now, before).same());
}

TEST_F(Compare, SaysWhereIdentitiesDiffer) {
  add_two_seeds();
  const Study before = study();
  Study now = before;
  for (std::size_t i = 0; i < 4; ++i) {
    auto& record = now.tables[0].encodings[i / 2].records[i % 2];
    record->identity["encoder"] = {{"version", "2"}};
    const std::string id = base::sha256(record->identity.dump());
    for (results::LockedTrial& trial : now.lock.trials)
      if (trial.id == record->id) trial.id = id;
    record->id = id;
  }
  const StudyAgreement agreement = agreement_of(before, now);
  EXPECT_TRUE(agreement.same()) << "other trials, the same results";
  EXPECT_THAT(as_text(compose(agreement), false),
              HasSubstr("/encoder/version was nothing and is \"2\" in 4 trials"));
}

TEST_F(Compare, RefusesRunsWithNothingInCommon) {
  add_two_seeds();
  const Study before = study();
  Study now = before;
  for (auto& trial : now.lock.trials) trial.dataset = "games";
  EXPECT_THROW(agreement_of(before, now), base::InputError);
}

}  // namespace
}  // namespace pebench::report
