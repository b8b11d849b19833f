#include "host/controller/data/look_alike.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

using ::testing::HasSubstr;

LookAlikeSettings sizes(std::int64_t users, std::int64_t items, std::int64_t events) {
  LookAlikeSettings settings;
  settings.users = users;
  settings.items = items;
  settings.events = events;
  return settings;
}

TEST(LookAlike, HasExactlyTheSizesOfItsOriginal) {
  for (const auto& s :
       {sizes(1000, 3000, 8000), sizes(833, 1000, 2860), sizes(50, 25, 100), sizes(20, 60, 5000)}) {
    const Columns columns = look_alike(s);
    EXPECT_EQ(static_cast<std::int64_t>(columns.user_ids.size()), s.users);
    EXPECT_EQ(static_cast<std::int64_t>(columns.items.size()), s.events);
    EXPECT_EQ(static_cast<std::int64_t>(columns.times.size()), s.events);
    EXPECT_EQ(static_cast<std::int64_t>(std::set<Item>(columns.items.begin(), columns.items.end()).size()),
              s.items);
    EXPECT_EQ(*std::min_element(columns.items.begin(), columns.items.end()), 1);
    EXPECT_EQ(*std::max_element(columns.items.begin(), columns.items.end()), s.items);
    for (std::int64_t user = 0; user < s.users; ++user) {
      EXPECT_GE(columns.offsets[user + 1] - columns.offsets[user], 2);
      EXPECT_TRUE(std::is_sorted(columns.times.begin() + columns.offsets[user],
                                 columns.times.begin() + columns.offsets[user + 1]));
    }
  }
}

TEST(LookAlike, GivesNegativesToTheLastTwoEventsWhereAsked) {
  auto s = sizes(30, 40, 200);
  s.negatives = 10;
  TemporaryFolder folder;
  ASSERT_TRUE(write_columns(folder.path() / "a", look_alike(s), s.source()));
  const auto data = Dataset::open(folder.path() / "a", {});
  for (User user = 0; user < 30; ++user) {
    const std::int64_t first = data.first_event(user), count = data.history(user).size();
    for (std::int64_t event = 0; event < count; ++event)
      EXPECT_EQ(data.negatives_text(first + event).empty(), event < count - 2);
  }
}

TEST(LookAlike, IsTheSameEveryTimeAndHasItsFields) {
  auto s = sizes(100, 200, 600);
  s.fields = {"brand", "image"};
  s.dense = 3;
  TemporaryFolder folder;
  ASSERT_TRUE(write_columns(folder.path() / "a", look_alike(s), s.source()));
  ASSERT_TRUE(write_columns(folder.path() / "b", look_alike(s), s.source()));
  const auto a = Dataset::open(folder.path() / "a", {"brand", "image"});
  EXPECT_EQ(a.hash(), Dataset::open(folder.path() / "b", {"brand", "image"}).hash());
  EXPECT_EQ(a.attributes(), 6);
  EXPECT_TRUE(a.dense()[0].half);
  s.dense = 0;
  s.sparse = 7;
  ASSERT_TRUE(write_columns(folder.path() / "c", look_alike(s), s.source()));
  EXPECT_EQ(Dataset::open(folder.path() / "c", {"brand", "image"}).sparse().width, 14);
}

TEST(LookAlike, OfImpossibleSizesIsRefused) {
  EXPECT_THAT(refusal([] { look_alike(sizes(100, 200, 150)); }), HasSubstr("150 events"));
  EXPECT_THAT(refusal([] { look_alike(sizes(100, 50, 150)); }), HasSubstr("two for each of 100 users"));
  EXPECT_THAT(refusal([] { look_alike(sizes(5, 50, 150)); }), HasSubstr("5 users"));
  auto s = sizes(100, 200, 600);
  s.fields = {"brand"};
  EXPECT_THAT(refusal([&] { look_alike(s); }), HasSubstr("give sparse or dense"));
  s.sparse = s.dense = 4;
  EXPECT_THAT(refusal([&] { look_alike(s); }), HasSubstr("not both"));
}

}  // namespace
}  // namespace pebench::data
