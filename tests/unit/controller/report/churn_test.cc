#include "host/controller/report/churn.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "host/controller/stats/rank_biased_overlap.h"
#include "tests/unit/controller/report/results_folder.h"
#include "tests/unit/support/refusal.h"

namespace pebench::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ListChurn : public Report {
 protected:
  /// `steady` changes less from seed to seed than `none`, `same` as much.
  void recommend_all(std::uint64_t seeds) {
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      recommend("none", seed, 4);
      recommend("steady", seed, 1);
      recommend("same", seed, 4);
    }
  }
  std::string text() { return format_text(reports()); }
  static std::string format_text(const std::vector<SuiteReport>& reports) {
    return markdown_reporter()(reports);
  }
};

TEST_F(ListChurn, TellsWhoRecommendsTheSameAgain) {
  recommend_all(8);
  const auto report = reports().front();
  ASSERT_EQ(report.churns.size(), 1u);
  const Churn& churn = report.churns.front();
  EXPECT_EQ(churn.users, 30u);
  EXPECT_EQ(churn.places, 10u);
  const EncodingChurn &none = churn.encodings[0], &steady = churn.encodings[1], &same = churn.encodings[2];
  EXPECT_GT(*steady.alike, *none.alike + 0.2);
  EXPECT_GT(*steady.shared, *none.shared + 0.2);
  EXPECT_LT(none.interval->low, *none.alike);
  EXPECT_FALSE(none.against_baseline || none.alike_to_baseline);
  EXPECT_EQ(steady.against_baseline->verdict, stats::Likeness::more_alike);
  EXPECT_EQ(steady.against_baseline->seeds, 8u);
  EXPECT_EQ(same.against_baseline->verdict, stats::Likeness::undecided);
  EXPECT_GE(steady.against_baseline->adjusted_p, steady.against_baseline->p);
  EXPECT_THAT(text(), AllOf(HasSubstr("do two seeds recommend the same? beauty"),
                            HasSubstr("more alike (weak)"), HasSubstr("30 users")));
}

TEST_F(ListChurn, OfEqualListsIsNoneAndOneSeedHasNoChurn) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) recommend("none", seed, 0);
  recommend("steady", 1, 0);
  const auto churn = reports().front().churns.front();
  EXPECT_NEAR(*churn.encodings[0].alike, 1, 1e-12);
  EXPECT_EQ(*churn.encodings[0].shared, 1);
  EXPECT_FALSE(churn.encodings[1].alike);
  EXPECT_NEAR(*churn.encodings[1].alike_to_baseline, 1, 1e-12);
  EXPECT_FALSE(churn.encodings[1].against_baseline);
}

TEST_F(ListChurn, FewSeedsGiveNoVerdictAndFailedTrialsWithholdIt) {
  recommend_all(5);
  EXPECT_EQ(reports().front().churns.front().encodings[1].against_baseline->verdict,
            stats::Likeness::undecided);
  EXPECT_FALSE(reports().front().churns.front().encodings[1].interval);
  EXPECT_THAT(text(), Not(HasSubstr("recommend the same")));
  for (std::uint64_t seed = 6; seed <= 8; ++seed) {
    recommend("none", seed, 4);
    recommend("steady", seed, 1);
    recommend("same", seed, 4);
  }
  add_failed(plan("beauty", "steady", 9), contract::Status::invalid, "the loss is not finite");
  const auto churn = reports().front().churns.front();
  EXPECT_TRUE(churn.encodings[1].withheld);
  EXPECT_EQ(churn.encodings[1].against_baseline->verdict, stats::Likeness::undecided);
  EXPECT_FALSE(churn.encodings[2].withheld);
  EXPECT_THAT(text(), HasSubstr("withheld"));
}

TEST_F(ListChurn, TellsWhatChanceGives) {
  recommend_all(6);
  EXPECT_FALSE(reports().front().churns.front().alike_by_chance)
      << "without ranks nobody knows what competed";
  for (auto& trial : lock_.trials) {
    contract::Record record = contract::read_record(folder_.record(trial.id));
    contract::Ranks ranks{record.id, "expected", {}, {{"full", 3, {"mrr"}, {}, {}, {}, "l"}}};
    for (std::uint32_t u = 0; u < 30; ++u) {
      ranks.users.push_back(u);
      ranks.sets[0].better.push_back(0);
      ranks.sets[0].tied.push_back(0);
      ranks.sets[0].pool.push_back(u < 15 ? 20 : 40);
    }
    record.result.ranks = contract::kept(ranks, {{"test", 30}});
    contract::write_ranks(folder_.trial(record.id) / contract::ranks_file, ranks);
    std::filesystem::remove(folder_.record(record.id));
    contract::write_record(folder_.record(record.id), record);
  }
  const auto churn = reports().front().churns.front();
  EXPECT_NEAR(*churn.shared_by_chance, (10.0 / 20 + 10.0 / 40) / 2, 1e-12);
  EXPECT_NEAR(
      *churn.alike_by_chance,
      (stats::rank_biased_overlap_by_chance(20, 10) + stats::rank_biased_overlap_by_chance(40, 10)) / 2,
      1e-12);
  EXPECT_THAT(text(), HasSubstr("| chance |"));
}

TEST_F(ListChurn, TrialsOfOlderVersionsAreNamedAndLeftOut) {
  recommend_all(8);
  for (std::uint64_t seed = 9; seed <= 10; ++seed) add("beauty", "steady", seed, 0.1);
  const auto churn = reports().front().churns.front();
  EXPECT_EQ(churn.without_lists, 2u);
  EXPECT_EQ(churn.encodings[1].seeds, 8u);
  EXPECT_THAT(text(), HasSubstr("2 trials kept no recommendations"));
}

TEST_F(ListChurn, WithoutCommonSeedsThereIsNoComparison) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    recommend("none", seed, 4);
    recommend("steady", seed + 4, 1);
  }
  const auto churn = reports().front().churns.front();
  EXPECT_FALSE(churn.encodings[1].against_baseline);
  EXPECT_TRUE(churn.encodings[1].interval);
  EXPECT_THAT(text(), HasSubstr("too few seeds"));
}

TEST_F(ListChurn, OfRecordsWithoutListsIsNotTold) {
  add("beauty", "none", 1, 0.1);
  add("beauty", "none", 2, 0.2);
  EXPECT_TRUE(reports().front().churns.empty());
  EXPECT_THAT(text(), Not(HasSubstr("recommend the same")));
}

TEST_F(ListChurn, ListsOfOtherUsersAreNotCompared) {
  recommend("none", 1, 1);
  recommend("none", 2, 1);
  recommend("steady", 1, 1, 1000);
  EXPECT_THAT(refusal([&] { reports(); }), HasSubstr("different users"));
}

}  // namespace
}  // namespace pebench::report
