#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/base/error.h"
#include "host/controller/report/study_comparison.h"
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
  const StudyComparison comparison = compare_studies(study(), study());
  EXPECT_TRUE(comparison.same());
  EXPECT_EQ(comparison.trials.size(), 4u);
  EXPECT_TRUE(json_of(comparison)["same"]);
}

TEST_F(Compare, FindsTheTrialThatDiffers) {
  add_two_seeds();
  const Study before = study();
  Study now = before;
  now.tables[0].encodings[1].records[1]->result.metrics["test.full.ndcg@10"] = 0.25;
  const StudyComparison comparison = compare_studies(before, now);
  EXPECT_FALSE(comparison.same());
  EXPECT_EQ(comparison.different(), 1u);
  EXPECT_EQ(comparison.encodings[1].different, 1u);
  EXPECT_NEAR(comparison.encodings[1].paired->mean, 0.025, 1e-12) << "second - first";
  EXPECT_THAT(
      as_text(compose(comparison), false),
      HasSubstr("first difference: beauty, rope, seed 2: /metrics/test.full.ndcg@10 is 0.2 and 0.25"));
}

TEST_F(Compare, ARecordMissingInOneIsADifference) {
  add_two_seeds();
  const Study before = study();
  Study now = before;
  now.tables[0].encodings[1].records[1].reset();
  EXPECT_EQ(compare_studies(before, now).only_first, 1u);
  EXPECT_EQ(compare_studies(now, before).only_second, 1u);
  EXPECT_FALSE(compare_studies(now, before).same());
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
  const StudyComparison comparison = compare_studies(before, now);
  EXPECT_TRUE(comparison.same()) << "other trials, the same results";
  EXPECT_THAT(as_text(compose(comparison), false),
              HasSubstr("/encoder/version was nothing and is \"2\" in 4 trials"));
}

TEST_F(Compare, RefusesRunsWithNothingInCommon) {
  add_two_seeds();
  const Study before = study();
  Study now = before;
  for (auto& trial : now.lock.trials) trial.dataset = "games";
  EXPECT_THROW(compare_studies(before, now), base::InputError);
}

}  // namespace
}  // namespace pebench::report
