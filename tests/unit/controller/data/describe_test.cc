#include "host/controller/data/describe.h"

#include <gtest/gtest.h>

#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

TEST(Describe, CountsByHand) {
  TemporaryFolder folder;
  const auto data =
      dataset_of(folder.path() / "set", {{{1, 0}, {2, 0}, {1, 86400}}, {{3, -1}}, {{2, 5}, {3, 5}}}, 4);
  const auto found = describe(data);
  EXPECT_EQ(found.users, 3);
  EXPECT_EQ(found.items, 4);
  EXPECT_EQ(found.events, 6);
  EXPECT_DOUBLE_EQ(found.density, 0.5);
  EXPECT_EQ(found.lengths.shortest, 1);
  EXPECT_EQ(found.lengths.longest, 3);
  EXPECT_DOUBLE_EQ(found.lengths.median, 2.0);
  EXPECT_DOUBLE_EQ(found.lengths.mean, 2.0);
  EXPECT_EQ(found.first_day, "1969-12-31");
  EXPECT_EQ(found.last_day, "1970-01-02");
  EXPECT_DOUBLE_EQ(found.share_tied_events, 4.0 / 6.0);
  EXPECT_DOUBLE_EQ(found.share_last_two_tied, 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(found.tested.repeated, 1.0);  // the only user with a test event
  EXPECT_TRUE(found.fields.empty());
  EXPECT_EQ(found.hash, data.hash());
}

TEST(Describe, HasQuartilesAndUsersWhoOnlyTrain) {
  TemporaryFolder folder;
  const auto lengths = describe(dataset_of(folder.path() / "set",
                                           {{{1, 1}},
                                            {{1, 1}, {1, 2}},
                                            {{1, 1}, {1, 2}, {1, 3}, {1, 4}},
                                            {{1, 1}, {1, 2}, {1, 3}, {1, 4}, {1, 5}, {1, 6}, {1, 7}, {1, 8}}},
                                           1))
                           .lengths;
  EXPECT_DOUBLE_EQ(lengths.lower_quartile, 1.75);
  EXPECT_DOUBLE_EQ(lengths.median, 3.0);
  EXPECT_DOUBLE_EQ(lengths.upper_quartile, 5.0);
  EXPECT_DOUBLE_EQ(lengths.share_below_three, 0.5);
}

TEST(Describe, SaysHowEventsAreSpreadOverItems) {
  TemporaryFolder folder;
  std::vector<Event> one(20, {1, 1}), all;
  for (Item item = 1; item <= 20; ++item) all.push_back({item, item});
  const auto alike = describe(dataset_of(folder.path() / "alike", {all}, 20)).skew;
  EXPECT_NEAR(alike.gini, 0, 1e-12);
  EXPECT_DOUBLE_EQ(alike.top_1_percent, 1.0 / 20);
  EXPECT_DOUBLE_EQ(alike.top_10_percent, 2.0 / 20);
  const auto uneven = describe(dataset_of(folder.path() / "uneven", {one, all}, 20)).skew;
  EXPECT_NEAR(uneven.gini, 0.475,
              1e-12);  // counts 1 x 19, 21: sum of |x_i - x_j| / (2 n^2 mean) = 19 * 20 / 800
  EXPECT_DOUBLE_EQ(uneven.top_1_percent, 21.0 / 40);
}

TEST(Describe, SaysWhenEventsAreAndWhetherTimesAreDays) {
  TemporaryFolder folder;
  constexpr std::int64_t day = 86400;
  const auto days =
      describe(dataset_of(folder.path() / "days", {{{1, -day + 7}, {1, day + 7}}, {{1, 9 * day + 7}}}, 1));
  EXPECT_TRUE(days.whole_days);
  EXPECT_DOUBLE_EQ(days.days, 10);
  EXPECT_EQ(days.events_over_time, (std::vector<std::int64_t>{1, 1, 0, 0, 0, 0, 0, 0, 0, 1}));
  const auto other = describe(dataset_of(folder.path() / "other", {{{1, 7}, {1, 9}}, {{1, 9 * day + 7}}}, 1));
  EXPECT_FALSE(other.whole_days);
  const auto moment = describe(dataset_of(folder.path() / "moment", {{{1, 7}, {1, 7}}}, 1));
  EXPECT_FALSE(moment.whole_days) << "one second is no calendar";
  EXPECT_EQ(moment.events_over_time.front(), 2);
}

TEST(Describe, FindsRepeatsOfAllKinds) {
  TemporaryFolder folder;
  const auto found = describe(dataset_of(
      folder.path() / "set", {{{1, 1}, {1, 2}, {2, 3}, {1, 4}}, {{3, 1}, {2, 2}, {1, 3}, {3, 3}}}, 3));
  EXPECT_DOUBLE_EQ(found.share_known_items, 3.0 / 8);
  EXPECT_DOUBLE_EQ(found.share_consecutive_repeats, 1.0 / 8);
  EXPECT_EQ(found.users_with_every_item, 1);
  EXPECT_EQ(found.repeated_events, 0);
}

TEST(Describe, SaysWhatLeaveOneOutLetsAModelKnow) {
  TemporaryFolder folder;
  // Training events: item 1 at 1, items 1, 2, 3 at 10, 20, 30, and item 5 at 2.
  const auto tested = describe(dataset_of(folder.path() / "set",
                                          {{{1, 1}, {5, 5}, {2, 15}},
                                           {{1, 10}, {2, 20}, {3, 30}, {1, 40}, {4, 40}},
                                           {{5, 2}, {1, 3}, {5, 25}},
                                           {{5, 9}}},
                                          5))
                          .tested;
  EXPECT_EQ(tested.users, 3);
  EXPECT_DOUBLE_EQ(tested.repeated, 1.0 / 3);        // 5 of the third
  EXPECT_DOUBLE_EQ(tested.arbitrary, 1.0 / 3);       // 4 of the second
  EXPECT_DOUBLE_EQ(tested.cold, 1.0 / 3);            // 4 again
  EXPECT_DOUBLE_EQ(tested.item_in_future, 1.0 / 3);  // 2 is trained on at 20, after 15
  EXPECT_NEAR(tested.future_of_training, (2.0 / 6 + 0 + 1.0 / 6) / 3, 1e-12);
}

TEST(Describe, TakesTheMeanOfTheTwoMiddleLengths) {
  TemporaryFolder folder;
  const auto found = describe(dataset_of(
      folder.path() / "set",
      {{{1, 1}}, {{1, 1}, {1, 2}, {1, 3}, {1, 4}}, {{1, 1}, {1, 2}}, {{1, 1}, {1, 2}, {1, 3}}}, 1));
  EXPECT_DOUBLE_EQ(found.lengths.median, 2.5);
  EXPECT_DOUBLE_EQ(found.lengths.mean, 2.5);
  EXPECT_DOUBLE_EQ(found.share_tied_events, 0.0);
  EXPECT_DOUBLE_EQ(found.tested.repeated, 1.0);
}

TEST(Describe, CountsEventsThatAreThereTwice) {
  TemporaryFolder folder;
  const auto found =
      describe(dataset_of(folder.path() / "set",
                          {{{1, 1}, {2, 1}, {1, 1}, {1, 1}, {1, 2}}, {{1, 1}, {2, 2}}, {{3, 7}, {3, 7}}}, 3));
  EXPECT_EQ(found.repeated_events, 3) << "other users and other seconds do not count";
}

TEST(Describe, CountsRepeatsAmongTestEventsOnly) {
  TemporaryFolder folder;
  const auto found = describe(dataset_of(
      folder.path() / "set", {{{1, 1}, {2, 2}, {1, 3}}, {{1, 1}, {2, 2}, {3, 3}}, {{1, 1}, {1, 2}}}, 3));
  EXPECT_DOUBLE_EQ(found.tested.repeated, 0.5);
  EXPECT_EQ(describe(dataset_of(folder.path() / "untested", {{{1, 1}, {1, 2}}}, 1)).tested.repeated, 0.0);
}

}  // namespace
}  // namespace pebench::data
