// Recommenders that count, on training events small enough to count by hand:
//
//   user 0: 1 2 3, then 4 (validation) and 5 (test)     users with an item: 1, 2 and 4 three; 3 and 5 two; 6
//   one user 1: 1 2, then 3 and 4                            users with both: 1 2 two, 1 3 one, 2 3 two, 1 4
//   one, 4 5 two user 2: 2 3      user 3: 1 4      users 4 and 5: 4 5     user 6: 6 6

#include "host/counts/recommender.h"

#include <gmock/gmock.h>

#include <cmath>

#include "host/counts/item_to_item.h"
#include "host/counts/markov.h"
#include "host/counts/popularity.h"
#include "host/examiner/candidates.h"
#include "host/examiner/ranks.h"
#include "tests/unit/data/raw_data.h"

namespace pebench::counts {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;

class Counts : public testing::Test {
 protected:
  /// Without padding: of items 1 to 6.
  std::vector<double> scores(const Recommender& recommender, const std::vector<data::Item>& profile) const {
    std::vector<double> scores(7, std::nan(""));
    recommender.score({profile.data(), static_cast<std::ptrdiff_t>(profile.size())}, {scores.data(), 7});
    return {scores.begin() + 1, scores.end()};
  }

  /// Of a user's test event, behind all that came before it.
  examiner::Rank rank(const Recommender& recommender, data::User user, examiner::ExcludeSeen exclude) const {
    const auto set = contract::CandidateSet::parse("full", 1);
    const std::int64_t index = split_.users[user].test;
    const auto items = data_.history(user).items;
    std::vector<double> scores(7);
    recommender.score(items.first(index), {scores.data(), 7});
    return examiner::rank_among_all(
        base::Span<const double>(scores.data(), 7), items[index],
        examiner::CandidateSampler(data_, split_, set, exclude).excluded(user, index));
  }

  TemporaryFolder folder_;
  data::Dataset data_ = data::dataset_of(folder_.path() / "set",
                                         {{{1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5}},
                                          {{1, 1}, {2, 2}, {3, 3}, {4, 4}},
                                          {{2, 1}, {3, 2}},
                                          {{1, 1}, {4, 2}},
                                          {{4, 1}, {5, 2}},
                                          {{4, 1}, {5, 2}},
                                          {{6, 1}, {6, 2}}},
                                         6);
  data::Split split_ = data::leave_one_out(data_);
};

void expect_rank(const examiner::Rank& rank, std::int64_t better, std::int64_t tied,
                 std::int64_t candidates) {
  EXPECT_EQ(rank.better, better);
  EXPECT_EQ(rank.tied, tied);
  EXPECT_EQ(rank.candidates, candidates);
}

TEST_F(Counts, PopularityIsTrainingEventsRepeatsIncluded) {
  EXPECT_THAT(scores(Popularity(data_, split_), {1}), ElementsAre(3, 3, 2, 3, 2, 2));
  EXPECT_THAT(back_off(data_, split_), ElementsAre(0, .75, .75, .5, .75, .5, .5));
}

TEST_F(Counts, ItemToItemSumsCosinesOverTheProfileAndLeavesTheRestToPopularity) {
  const ItemToItem items(data_, split_);
  const double together = 2 / std::sqrt(6), once = 1 / std::sqrt(6), e = 1e-9;
  EXPECT_THAT(scores(items, {1, 2, 3, 4}),
              ElementsAre(DoubleEq(2. / 3 + once + 1. / 3 + .75 * e), DoubleEq(2. / 3 + together + .75 * e),
                          DoubleEq(once + together + .5 * e), DoubleEq(1. / 3 + .75 * e),
                          DoubleEq(together + .5 * e), .5 * e));
  EXPECT_EQ(scores(items, {4, 1, 1, 3, 2, 4}), scores(items, {1, 2, 3, 4})) << "a repeat counts once";
  EXPECT_THAT(scores(items, {6}), ElementsAre(.75 * e, .75 * e, .5 * e, .75 * e, .5 * e, .5 * e))
      << "no item is its own neighbour";
}

TEST_F(Counts, ItemToItemKeepsTheNearestOfEveryItem) {
  const ItemToItem items(data_, split_, /*neighbours=*/1);
  const double together = 2 / std::sqrt(6), e = 1e-9;
  EXPECT_THAT(scores(items, {1, 4}), ElementsAre(.75 * e, DoubleEq(2. / 3 + .75 * e), .5 * e, .75 * e,
                                                 DoubleEq(together + .5 * e), .5 * e));
}

TEST_F(Counts, MarkovCountsWhatCameRightBehindTheNewestItem) {
  const Markov markov(data_, split_);
  EXPECT_THAT(scores(markov, {4, 1}), ElementsAre(.75, 2.75, .5, 1.75, .5, .5));
  EXPECT_THAT(scores(markov, {6}), ElementsAre(.75, .75, .5, .75, .5, 1.5));
  EXPECT_THAT(scores(markov, {1, 5}), ElementsAre(.75, .75, .5, .75, .5, .5)) << "nothing came behind 5";
}

TEST_F(Counts, RanksFollowTheExclusionOfTheTrial) {
  using examiner::ExcludeSeen;
  const ItemToItem items(data_, split_);
  expect_rank(rank(items, 0, ExcludeSeen::none), 3, 0, 6);  // 5 behind 2, 1 and 3
  expect_rank(rank(items, 0, ExcludeSeen::history), 0, 0, 2);
  expect_rank(rank(items, 1, ExcludeSeen::none), 3, 0, 6);   // 4 behind 2, 3 and 1
  expect_rank(rank(items, 1, ExcludeSeen::train), 1, 0, 4);  // 3 is of the validation and stays

  const Markov markov(data_, split_);
  expect_rank(rank(markov, 0, ExcludeSeen::none), 0, 0, 6);
  expect_rank(rank(markov, 1, ExcludeSeen::none), 0, 2,
              6);  // behind 3 came nothing: 4 is as popular as 1 and 2
  expect_rank(rank(markov, 1, ExcludeSeen::history), 0, 0, 3);

  const Popularity popularity(data_, split_);
  expect_rank(rank(popularity, 0, ExcludeSeen::none), 3, 2, 6);  // 5 is as popular as 3 and 6
}

TEST_F(Counts, AllOfThemHaveTheirNames) {
  std::vector<std::string> names;
  for (const auto& [name, recommender] : recommenders(data_, split_)) names.push_back(name);
  EXPECT_THAT(names, ElementsAre("popularity", "item-to-item", "markov"));
}

}  // namespace
}  // namespace pebench::counts
