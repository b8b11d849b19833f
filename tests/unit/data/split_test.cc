#include "host/data/split.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

void expect(const UserSplit& split, std::int64_t train_size, std::int64_t validation, std::int64_t test) {
  EXPECT_EQ(split.train_size, train_size);
  EXPECT_EQ(split.validation, validation);
  EXPECT_EQ(split.test, test);
}

TEST(LeaveOneOut, HoldsOutTheLastTwoEventsOfUsersWithThree) {
  TemporaryFolder folder;
  const auto data =
      dataset_of(folder.path() / "set",
                 {{{1, 1}, {2, 2}, {3, 3}, {4, 4}}, {{1, 1}}, {{1, 1}, {2, 2}}, {{3, 1}, {2, 1}, {1, 1}}}, 4);
  const auto split = leave_one_out(data);
  ASSERT_EQ(split.users.size(), 4u);
  expect(split.users[0], 2, 2, 3);
  expect(split.users[1], 1, -1, -1);
  expect(split.users[2], 2, -1, -1);
  expect(split.users[3], 1, 1, 2);
  EXPECT_THAT(split.validation_users(), ElementsAre(0, 3));
  EXPECT_THAT(split.test_users(), ElementsAre(0, 3));
  EXPECT_THAT(training_counts(data, split), ElementsAre(0, 3, 2, 1, 0));
}

TEST(GlobalTime, CutsAtTheEightiethAndNinetiethPercent) {
  TemporaryFolder folder;
  // The 20 times are 0 .. 19, so the cuts are 16 and 18.
  const auto data = dataset_of(
      folder.path() / "set",
      {{{1, 0}, {2, 1}, {3, 2}, {4, 3}, {1, 16}, {2, 17}, {3, 18}, {4, 19}},  // both, the first of each
       {{1, 4}, {2, 5}, {3, 6}, {4, 7}, {1, 8}},                              // all before
       {{1, 9}, {2, 10}, {3, 11}, {4, 12}, {1, 13}, {2, 14}, {3, 15}}},
      4);
  const auto split = global_time(data);
  expect(split.users[0], 4, 4, 6);
  expect(split.users[1], 5, -1, -1);
  expect(split.users[2], 7, -1, -1);
  EXPECT_THAT(split.validation_users(), ElementsAre(0));
  EXPECT_THAT(split.test_users(), ElementsAre(0));
}

TEST(GlobalTime, NeedsAProfileForEveryEvaluatedEvent) {
  TemporaryFolder folder;
  std::vector<Event> early;
  for (int time = 0; time < 16; ++time) early.push_back({1, time});
  const auto data =
      dataset_of(folder.path() / "set",
                 {early,
                  {{1, 16}, {2, 18}},  // its event in [16, 18) has no profile, its test has that event
                  {{1, 17}},           // no profile
                  {{1, 19}}},          // no profile
                 2);
  const auto split = global_time(data);
  expect(split.users[0], 16, -1, -1);
  expect(split.users[1], 0, -1, 1);
  expect(split.users[2], 0, -1, -1);
  expect(split.users[3], 0, -1, -1);
  EXPECT_THAT(split.validation_users(), IsEmpty());
  EXPECT_THAT(split.test_users(), ElementsAre(1));
  EXPECT_THAT(training_counts(data, split), ElementsAre(0, 16, 0));
}

TEST(GlobalTime, RefusesEqualCuts) {
  TemporaryFolder folder;
  const auto data = dataset_of(folder.path() / "set", {{{1, 7}, {1, 7}, {1, 7}, {1, 7}, {1, 7}}}, 1);
  EXPECT_THAT(refusal([&] { global_time(data); }), AllOf(HasSubstr("both 7"), HasSubstr("leave_one_out")));
}

TEST(Splits, AreFoundByTheirWord) {
  TemporaryFolder folder;
  const auto data = dataset_of(folder.path() / "set", random_histories(1, 50, 30), 30);
  const auto same = [&](const Split& a, const Split& b) {
    ASSERT_EQ(a.users.size(), 50u);
    ASSERT_EQ(b.users.size(), 50u);
    for (std::size_t u = 0; u < a.users.size(); ++u)
      expect(a.users[u], b.users[u].train_size, b.users[u].validation, b.users[u].test);
  };
  same(make_split(data, "leave_one_out"), leave_one_out(data));
  same(make_split(data, "global_time"), global_time(data));
  EXPECT_THAT(refusal([&] { make_split(data, "random"); }),
              AllOf(HasSubstr("'random'"), HasSubstr("leave_one_out"), HasSubstr("global_time")));
}

class OnRandomData : public testing::TestWithParam<std::uint64_t> {
 protected:
  TemporaryFolder folder_;
  Dataset data_ = dataset_of(folder_.path() / "set", random_histories(GetParam(), 200, 40), 40);
};

TEST_P(OnRandomData, LeaveOneOutUsesEveryEventOnce) {
  const auto split = leave_one_out(data_);
  std::int64_t trained = 0;
  for (User user = 0; user < data_.users(); ++user) {
    const auto& part = split.users[user];
    const auto size = data_.history(user).size();
    EXPECT_EQ(part.train_size + (part.validation >= 0) + (part.test >= 0), size);
    EXPECT_EQ(part.test >= 0, size >= 3);
    if (part.test >= 0) expect(part, size - 2, size - 2, size - 1);
    trained += part.train_size;
  }
  const auto counts = training_counts(data_, split);
  EXPECT_EQ(counts.size(), 41u);
  EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}), trained);
}

TEST_P(OnRandomData, GlobalTimeNeverTrainsOnWhatComesAfterACut) {
  const auto split = global_time(data_);
  std::int64_t latest_trained = INT64_MIN, earliest_validation = INT64_MAX, latest_validation = INT64_MIN;
  std::int64_t earliest_test = INT64_MAX, trained = 0;
  for (User user = 0; user < data_.users(); ++user) {
    const auto& part = split.users[user];
    const auto times = data_.history(user).times;
    trained += part.train_size;
    if (part.train_size > 0) latest_trained = std::max(latest_trained, times[part.train_size - 1]);
    if (part.validation >= 0) {
      EXPECT_EQ(part.validation, part.train_size);
      EXPECT_GT(part.validation, 0);
      earliest_validation = std::min(earliest_validation, times[part.validation]);
      latest_validation = std::max(latest_validation, times[part.validation]);
    }
    if (part.test >= 0) {
      EXPECT_GT(part.test, 0);
      EXPECT_GT(part.test, part.validation);
      earliest_test = std::min(earliest_test, times[part.test]);
    }
  }
  EXPECT_LT(latest_trained, earliest_validation);
  EXPECT_LT(latest_validation, earliest_test);
  EXPECT_LE(trained, data_.events() * 8 / 10);  // ties at the cut go to validation
  EXPECT_GE(trained, data_.events() * 7 / 10);
  EXPECT_GT(split.test_users().size(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, OnRandomData, testing::Values(1, 2, 3));

TEST(ByFiles, TakesTheFirstEventOfEachPart) {
  TemporaryFolder folder;
  Columns columns;
  columns.user_ids = {"a", "b", "c", "d"};
  columns.item_ids = {"x"};
  columns.offsets = {0, 5, 7, 9, 10};
  columns.items.assign(10, 1);
  columns.times = {1, 2, 3, 4, 5, 1, 2, 1, 2, 1};
  // a: train, train, valid, test, test; b: train, test; c: test, train; d: valid
  columns.event_fields = {
      {{"split", true, 3}, {0, 0, 1, 2, 2, 0, 2, 2, 0, 1}, {"train", "valid", "test"}, {}}};
  ASSERT_TRUE(write_columns(folder.path() / "set", columns, {}));
  const auto data = Dataset::open(folder.path() / "set", {});
  const auto split = make_split(data, "files");
  expect(split.users[0], 2, 2, 3);
  expect(split.users[1], 1, -1, 1);
  expect(split.users[2], 0, -1, -1);
  expect(split.users[3], 0, -1, -1);
}

TEST(ByFiles, IsPartOfTheIdentityAndNotOfDataThatCameWhole) {
  TemporaryFolder folder;
  const auto data = dataset_of(folder.path() / "set", {{{1, 1}, {1, 2}, {1, 3}}}, 1);
  EXPECT_THAT(refusal([&] { make_split(data, "files"); }), HasSubstr("did not come as files"));
  std::set<std::string> hashes = {data.hash()};
  for (const auto& ids : {std::vector<std::int32_t>{0, 1, 2}, {0, 0, 2}}) {
    Columns columns = read_columns(folder.path() / "set");
    columns.event_fields = {{{"split", true, 3}, ids, {"train", "valid", "test"}, {}}};
    const auto path = folder.path() / std::to_string(hashes.size());
    ASSERT_TRUE(write_columns(path, columns, {}));
    hashes.insert(Dataset::open(path, {}).hash());
  }
  EXPECT_EQ(hashes.size(), 3u);
  EXPECT_THAT(refusal([&] {
                Dataset::open(folder.path() / "1", {}, {"date", "split"});
              }),
              HasSubstr("which part an event was given as"));
}

}  // namespace
}  // namespace pebench::data
