#include "host/controller/data/synthetic.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

using Transitions = std::array<std::array<double, synthetic_groups>, synthetic_groups>;

/// [from][to]: the share of the events after one of group `from` that are of group `to`.
Transitions transitions(const Columns& columns) {
  Transitions shares{};
  for (std::size_t user = 0; user + 1 < columns.offsets.size(); ++user)
    for (auto i = columns.offsets[user] + 1; i < columns.offsets[user + 1]; ++i)
      ++shares[columns.items[i - 1] % synthetic_groups][columns.items[i] % synthetic_groups];
  for (auto& row : shares) {
    double total = 0;
    for (const double count : row) total += count;
    for (double& count : row) count /= total;
  }
  return shares;
}

TEST(Synthetic, IsAFunctionOfItsSettings) {
  const auto columns = [](const char* signal, std::uint64_t seed) {
    return synthesise({signal, 50, 40, seed});
  };
  const auto one = columns("position", 1), same = columns("position", 1);
  EXPECT_EQ(one.items, same.items);
  EXPECT_EQ(one.times, same.times);
  EXPECT_EQ(one.offsets, same.offsets);
  EXPECT_NE(one.items, columns("position", 2).items);
  EXPECT_NE(one.items, columns("none", 1).items);
}

// Trials on generated data are known by these hashes.
TEST(Synthetic, GivesTheSameDataForEver) {
  const std::map<std::string, std::string> hashes = {
      {"position", "a21e3d51f60209b35331d798b6e37d78c213566cbd8f19f1489b415392e5a13b"},
      {"interval", "54e0d614577c57f12de3d8b0cd6c1cfbd0c65cad9a5615b88f4b240f0983ed83"},
      {"none", "d992a8bec35156ed9448c85b2aabe38b6c8f82ca7272cc96fa8cc015c1883d20"}};
  for (const std::string& signal : signal_names()) {
    const TemporaryFolder folder;
    ASSERT_TRUE(write_columns(folder.path() / "set", synthesise({signal, 50, 40, 1}), {}));
    EXPECT_EQ(Dataset::open(folder.path() / "set", {"group"}).hash(), hashes.at(signal)) << signal;
  }
}

TEST(Synthetic, EverySignalSaysWhatItAsksOfAModel) {
  for (const Signal& signal : signals()) {
    EXPECT_FALSE(signal.asks.empty()) << signal.name;
    EXPECT_EQ(&signal_named(signal.name), &signal);
  }
}

TEST(Synthetic, UsersDoNotDependOnHowManyThereAre) {
  const auto few = synthesise({"position", 10, 40, 1}), many = synthesise({"position", 50, 40, 1});
  EXPECT_TRUE(std::equal(few.items.begin(), few.items.end(), many.items.begin()));
}

class Signals : public testing::TestWithParam<const char*> {};

TEST_P(Signals, GiveEachUserSixToTwentyEventsOnOneDayInDistinctSeconds) {
  const auto columns = synthesise({GetParam(), 2000, 100, 5});
  ASSERT_EQ(columns.offsets.size(), 2001u);
  ASSERT_EQ(columns.user_ids.size(), 2000u);
  ASSERT_EQ(columns.item_ids.size(), 100u);
  std::set<std::int64_t> lengths, days;
  for (std::size_t user = 0; user < 2000; ++user) {
    const auto begin = columns.offsets[user], end = columns.offsets[user + 1];
    lengths.insert(end - begin);
    days.insert(columns.times[begin] / 86400);
    for (auto i = begin; i < end; ++i) {
      EXPECT_EQ(columns.times[i] / 86400, columns.times[begin] / 86400);
      EXPECT_TRUE(i == begin || columns.times[i] > columns.times[i - 1]);
      EXPECT_GE(columns.items[i], 1);
      EXPECT_LE(columns.items[i], 100);
    }
  }
  EXPECT_EQ(lengths.size(), 15u);
  EXPECT_EQ(*lengths.begin(), 6);
  EXPECT_EQ(*lengths.rbegin(), 20);
  EXPECT_GT(days.size(), 300u);
}

TEST_P(Signals, OpenWithTheGroupsAsAttribute) {
  TemporaryFolder folder;
  ASSERT_TRUE(write_columns(folder.path() / "set", synthesise({GetParam(), 20, 50, 1}), {}));
  const auto data = Dataset::open(folder.path() / "set", {"group"});
  EXPECT_EQ(data.users(), 20);
  EXPECT_EQ(data.items(), 50);
  EXPECT_EQ(data.attributes(), synthetic_groups);
  for (Item item = 1; item <= 50; ++item) {
    ASSERT_EQ(data.sparse().offsets[item + 1] - data.sparse().offsets[item], 1);
    EXPECT_EQ(data.sparse().ids[data.sparse().offsets[item]], item % synthetic_groups);
  }
}

TEST_P(Signals, UseAllItemsAlike) {
  constexpr std::int64_t items = 80;  // as many in each group
  const auto columns = synthesise({GetParam(), 20'000, items, 3});
  std::vector<double> counts(items + 1);
  // Events far apart, so that they are as good as independent.
  for (std::size_t i = 0; i < columns.items.size(); i += 20) ++counts[columns.items[i]];
  const double expected = std::ceil(static_cast<double>(columns.items.size()) / 20) / items;
  double statistic = 0;
  for (Item item = 1; item <= items; ++item) statistic += std::pow(counts[item] - expected, 2) / expected;
  EXPECT_LT(statistic, boost::math::quantile(boost::math::chi_squared(items - 1), 0.999));
}

INSTANTIATE_TEST_SUITE_P(All, Signals, testing::Values("position", "interval", "none"));

TEST(Synthetic, PositionFollowsOneCycleAtItsRate) {
  const auto shares = transitions(synthesise({"position", 5000, 200, 1}));
  std::set<std::ptrdiff_t> visited;
  std::ptrdiff_t group = 0;
  for (int step = 0; step < synthetic_groups; ++step) {
    const auto& row = shares[group];
    const auto successor = std::max_element(row.begin(), row.end()) - row.begin();
    // About 7,500 events follow each group: five standard deviations are 0.02.
    for (std::ptrdiff_t next = 0; next < synthetic_groups; ++next)
      EXPECT_NEAR(row[next], (next == successor ? 0.85 : 0.0) + 0.15 / synthetic_groups, 0.02)
          << group << " to " << next;
    visited.insert(group = successor);
  }
  EXPECT_EQ(visited.size(), static_cast<std::size_t>(synthetic_groups))
      << "the successors are no single cycle";
  EXPECT_EQ(group, 0);
}

TEST(Synthetic, IntervalStaysAfterSecondsAndMovesOnAfterAPause) {
  const auto columns = synthesise({"interval", 5000, 200, 1});
  std::array<Transitions, 2> shares{};  // after seconds, after a pause
  std::array<double, 2> events{};
  for (std::size_t user = 0; user + 1 < columns.offsets.size(); ++user) {
    for (auto i = columns.offsets[user] + 1; i < columns.offsets[user + 1]; ++i) {
      const bool paused = columns.times[i] - columns.times[i - 1] > 1800;
      ++events[paused];
      ++shares[paused][columns.items[i - 1] % synthetic_groups][columns.items[i] % synthetic_groups];
    }
  }
  EXPECT_NEAR(events[1] / (events[0] + events[1]), 0.5, 0.01);
  std::set<std::ptrdiff_t> successors;
  for (std::ptrdiff_t group = 0; group < synthetic_groups; ++group) {
    for (const bool paused : {false, true}) {
      const auto& row = shares[paused][group];
      const auto next = std::max_element(row.begin(), row.end()) - row.begin();
      EXPECT_EQ(next == group, !paused);
      // About 3,750 events: five standard deviations are 0.03.
      EXPECT_NEAR(row[next] / std::accumulate(row.begin(), row.end(), 0.0), 0.85 + 0.15 / synthetic_groups,
                  0.03);
      if (paused) successors.insert(next);
    }
  }
  EXPECT_EQ(successors.size(), static_cast<std::size_t>(synthetic_groups));
}

TEST(Synthetic, TheCycleComesFromTheSeed) {
  std::set<std::ptrdiff_t> successors;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto row = transitions(synthesise({"position", 200, 40, seed}))[0];
    successors.insert(std::max_element(row.begin(), row.end()) - row.begin());
  }
  EXPECT_GT(successors.size(), 3u);
}

TEST(Synthetic, NoneHasNoRule) {
  for (const auto& row : transitions(synthesise({"none", 5000, 200, 1})))
    for (const double share : row) EXPECT_NEAR(share, 1.0 / synthetic_groups, 0.02);
}

TEST(Synthetic, RefusesWhatItCannotMake) {
  const auto message = [](const SyntheticSettings& settings) {
    return refusal([&] { synthesise(settings); });
  };
  EXPECT_THAT(message({"time", 50, 40, 1}),
              AllOf(HasSubstr("'time'"), HasSubstr("choose from \"position\", \"interval\", \"none\"")));
  EXPECT_THAT(message({"none", 9, 40, 1}),
              AllOf(HasSubstr("9 synthetic users"), HasSubstr("use 10 to 10000000")));
  EXPECT_THAT(message({"none", -1, 40, 1}), HasSubstr("-1 synthetic users"));
  EXPECT_THAT(message({"none", 10'000'001, 40, 1}), HasSubstr("10000001 synthetic users"));
  EXPECT_THAT(message({"none", 50, 15, 1}),
              AllOf(HasSubstr("15 synthetic items"), HasSubstr("use 16 to 10000000")));
  EXPECT_THAT(message({"none", 50, 10'000'001, 1}), HasSubstr("10000001 synthetic items"));
  EXPECT_EQ(synthesise({"none", 10, 16, 1}).user_ids.size(), 10u);
}

}  // namespace
}  // namespace pebench::data
