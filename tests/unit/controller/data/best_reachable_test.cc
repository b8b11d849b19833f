#include "host/controller/data/best_reachable.h"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

/// Short histories, of which all orders are quickly gone through.
SyntheticSettings some(const char* signal, std::int64_t users = 1000) {
  SyntheticSettings settings{signal, users, 80, 1};
  settings.length = {6, 12};
  return settings;
}

struct Generated {
  explicit Generated(const SyntheticSettings& settings) : settings(settings) {
    EXPECT_TRUE(write_columns(folder.path() / "set", synthesise(settings), settings.source()));
  }
  std::map<std::string, Reachable> reachable(const contract::Settings& protocol) const {
    std::map<std::string, Reachable> by_name;
    for (const Reachable& one : best_reachable(Dataset::open(folder.path() / "set", {}), settings, protocol))
      by_name[one.knows] = one;
    return by_name;
  }
  SyntheticSettings settings;
  TemporaryFolder folder;
};

contract::Settings protocol(const std::string& exclude, std::vector<std::string> candidates = {"full"}) {
  contract::Settings settings;
  settings.protocol.exclude_seen = exclude;
  settings.protocol.candidates = std::move(candidates);
  settings.eval.k = {10};
  return settings;
}

constexpr const char* hr = "test.full.hr@10";

// 80 items, ten a group, none left out: the best ten are a group. 1,000 users: five standard errors of a hit
// rate are at most 0.08, of one of .87 0.054.
TEST(BestReachable, IsTheShareOfGroupsThatCanBeGuessed) {
  const Generated position(some("position"));
  const auto found = position.reachable(protocol("none"));
  EXPECT_NEAR(found.at("order and times").metrics.at(hr), 0.85 + 0.15 / 8, 0.054);
  EXPECT_EQ(found.at("order").metrics, found.at("order and times").metrics);
  EXPECT_EQ(found.at("times").metrics, found.at("neither").metrics);
  EXPECT_GT(found.at("neither").metrics.at(hr), 0.3);
  EXPECT_LT(found.at("neither").metrics.at(hr), 0.75);
  EXPECT_DOUBLE_EQ(found.at("chance").metrics.at(hr), 10.0 / 80);
  for (const auto& [knows, one] : found) EXPECT_TRUE(one.exact) << knows;
  double ndcg = 0;
  for (int rank = 0; rank < 10; ++rank) ndcg += 0.1 / std::log2(rank + 2.0);
  EXPECT_NEAR(found.at("order").metrics.at("test.full.ndcg@10"), ndcg * found.at("order").metrics.at(hr),
              1e-9);
}

TEST(BestReachable, ToldByOrderAndTimesApart) {
  const auto interval = Generated(some("interval")).reachable(protocol("none"));
  EXPECT_NEAR(interval.at("order and times").metrics.at(hr), 0.869, 0.054);
  EXPECT_NEAR(interval.at("order").metrics.at(hr), 0.425 + 0.15 / 8, 0.08);
  const auto both = Generated(some("both")).reachable(protocol("none"));
  EXPECT_NEAR(both.at("order and times").metrics.at(hr), 0.869, 0.054);
  EXPECT_NEAR(both.at("order").metrics.at(hr), 0.425 + 0.15 / 8, 0.08);
  EXPECT_GT(both.at("times").metrics.at(hr), 0.85 / 4 + 0.15 / 8 - 0.07);
  const auto period = Generated(some("period")).reachable(protocol("none"));
  EXPECT_NEAR(period.at("times").metrics.at(hr), 0.869, 0.054);
  EXPECT_EQ(period.at("times").metrics, period.at("order and times").metrics);
  EXPECT_NEAR(period.at("order").metrics.at(hr), 0.125, 1e-9);
  const auto none = Generated(some("none")).reachable(protocol("none"));
  EXPECT_NEAR(none.at("order and times").metrics.at(hr), 0.125, 1e-9);
}

// What was seen is left out but for the target, so a target that was seen is found; of the others the unseen
// items of the group compete.
TEST(BestReachable, PutsWhatWasSeenFirstWhereItIsLeftOut) {
  const Generated none({"none", 2000, 40, 1});
  const auto open = none.reachable(protocol("none")).at("order");
  const auto closed = none.reachable(protocol("history")).at("order");
  const Dataset data = Dataset::open(none.folder.path() / "set", {});
  double repeats = 0, unseen = 0;
  for (User user = 0; user < data.users(); ++user) {
    const History history = data.history(user);
    const std::int64_t last = history.size() - 1;
    const std::set<Item> seen(history.items.begin(), history.items.begin() + last);
    const bool repeated = seen.count(history.items[last]) != 0;
    repeats += repeated;
    if (!repeated) unseen += 10.0 / static_cast<double>(40 - seen.size());
  }
  EXPECT_NEAR(open.metrics.at(hr), 0.25, 1e-9);
  EXPECT_NEAR(closed.metrics.at(hr), (repeats + unseen) / 2000, 1e-9);
}

// Uniform lists of one competitor: the target of the expected group is ahead unless the other is of it too.
TEST(BestReachable, CountsTheCompetitorsOfALikelyGroup) {
  const Generated position(some("position"));
  contract::Settings settings = protocol("none", {"uniform:1", "popular:1"});
  settings.eval.k = {1};
  const auto found = position.reachable(settings).at("order");
  // Target of the expected group (.869): the other is of it with 9/79, then half; else both or one may be.
  const double obeys = 0.85 + 0.15 / 8;
  const double expected = obeys * (1 - 9.0 / 79 / 2) + (1 - obeys) * (1 - 10.0 / 79) / 2;
  EXPECT_NEAR(found.metrics.at("test.uniform:1.hr@1"), expected, 0.05);
  EXPECT_NEAR(found.metrics.at("test.popular:1.hr@1"), expected, 0.06);
  EXPECT_GE(found.metrics.at("test.popular:1.hr@1"), 0.8);
}

TEST(BestReachable, IsNotBeatenByWhoKnowsLess) {
  for (const char* signal : {"position", "interval", "both", "distance", "recency"}) {
    const auto found = Generated(some(signal, 200)).reachable(protocol("none"));
    const double best = found.at("order and times").metrics.at(hr);
    for (const auto& [knows, one] : found)
      EXPECT_LE(one.metrics.at(hr), best + 0.08) << signal << " " << knows;  // on these targets
    EXPECT_GT(best, found.at("neither").metrics.at(hr) + 0.02) << signal;
  }
}

TEST(BestReachable, KnowsWhatAFolderWasMadeBy) {
  const Generated made({"distance", 50, 40, 7});
  const auto found = made_by(made.folder.path() / "set");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->source(), made.settings.source());
  TemporaryFolder other;
  ASSERT_TRUE(write_columns(other.path() / "set", synthesise({"none", 50, 40, 7}), {{"raw", "somewhere"}}));
  EXPECT_FALSE(made_by(other.path() / "set"));
}

}  // namespace
}  // namespace pebench::data
