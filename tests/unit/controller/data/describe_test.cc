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
  EXPECT_EQ(found.shortest, 1);
  EXPECT_EQ(found.longest, 3);
  EXPECT_DOUBLE_EQ(found.median_length, 2.0);
  EXPECT_DOUBLE_EQ(found.mean_length, 2.0);
  EXPECT_EQ(found.first_day, "1969-12-31");
  EXPECT_EQ(found.last_day, "1970-01-02");
  EXPECT_DOUBLE_EQ(found.share_tied_events, 4.0 / 6.0);
  EXPECT_DOUBLE_EQ(found.share_last_two_tied, 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(found.share_repeated_targets, 1.0);  // the only user with a test event
  EXPECT_TRUE(found.fields.empty());
  EXPECT_EQ(found.hash, data.hash());
}

TEST(Describe, TakesTheMeanOfTheTwoMiddleLengths) {
  TemporaryFolder folder;
  const auto found = describe(dataset_of(
      folder.path() / "set",
      {{{1, 1}}, {{1, 1}, {1, 2}, {1, 3}, {1, 4}}, {{1, 1}, {1, 2}}, {{1, 1}, {1, 2}, {1, 3}}}, 1));
  EXPECT_DOUBLE_EQ(found.median_length, 2.5);
  EXPECT_DOUBLE_EQ(found.mean_length, 2.5);
  EXPECT_DOUBLE_EQ(found.share_tied_events, 0.0);
  EXPECT_DOUBLE_EQ(found.share_repeated_targets, 1.0);
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
  EXPECT_DOUBLE_EQ(found.share_repeated_targets, 0.5);
  EXPECT_EQ(describe(dataset_of(folder.path() / "untested", {{{1, 1}, {1, 2}}}, 1)).share_repeated_targets,
            0.0);
}

}  // namespace
}  // namespace pebench::data
