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

std::string hash_of(const SyntheticSettings& settings) {
  const TemporaryFolder folder;
  EXPECT_TRUE(write_columns(folder.path() / "set", synthesise(settings), {}));
  return Dataset::open(folder.path() / "set", {"group"}).hash();
}

/// [condition][group]: the share of events under a condition that are of the group, for all events but the
/// first `skipped` of a history. `condition` is told the columns and the event's index.
template <class Condition>
std::map<int, std::array<double, synthetic_groups>> shares_by(const Columns& columns, std::int64_t skipped,
                                                              const Condition& condition) {
  std::map<int, std::array<double, synthetic_groups>> shares;
  for (std::size_t user = 0; user + 1 < columns.offsets.size(); ++user)
    for (auto i = columns.offsets[user] + skipped; i < columns.offsets[user + 1]; ++i)
      ++shares[condition(columns, i)][columns.items[i] % synthetic_groups];
  for (auto& [given, row] : shares) {
    const double total = std::accumulate(row.begin(), row.end(), 0.0);
    for (double& share : row) share /= total;
  }
  return shares;
}

bool paused_before(const Columns& columns, std::int64_t i) {
  return columns.times[i] - columns.times[i - 1] >= synthetic_pause;
}

/// Steps from the first group to the second along the cycle.
int steps_between(const Cycle& successor, int from, int to) {
  int steps = 0;
  for (; from != to; from = successor[from]) ++steps;
  return steps;
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
      {"none", "d992a8bec35156ed9448c85b2aabe38b6c8f82ca7272cc96fa8cc015c1883d20"},
      {"both", "77fb6f814f69e144ed90568c553fe6886b3027bf23a3fa844a7b387cfc933eb7"},
      {"distance", "60fae35e1430a9e308ed95baa00e9fbc6cdee9979a3953a36f1a8d1f1c8fc7a4"},
      {"recency", "6194ccb2dff7fdefc2f4855494e377cc698de54fc4eb44601d13df9359a26b93"},
      {"period", "7a32fcf0b2f68ddb905b9b7a424e514a3aa849898ccf9eadbb81767cc98cf839"}};
  for (const std::string& signal : signal_names())
    EXPECT_EQ(hash_of({signal, 50, 40, 1}), hashes.at(signal)) << signal;
  SyntheticSettings other{"position", 50, 40, 1};
  other.strength = 0.5;
  other.noise = 0.1;
  other.length = {5, 30};
  other.mean_length = 8;
  other.gaps = "exponential";
  other.lag = 3;
  EXPECT_EQ(hash_of(other), "ac40a763a5dcca2f8f850b4b2378225f07304db064adacf9a960e906f03af456");
  other = {"period", 50, 40, 1};
  other.period = "weekday";
  EXPECT_EQ(hash_of(other), "08066adf5b749dc5f2f43d36435f49d3fb8b4fbd4f104011b0fa5df0f0ea8f08");
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
      const bool on_one_day = columns.times[i] / 86400 == columns.times[begin] / 86400;
      EXPECT_TRUE(on_one_day || GetParam() == std::string("period"));
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

INSTANTIATE_TEST_SUITE_P(All, Signals,
                         testing::Values("position", "interval", "none", "both", "distance", "recency",
                                         "period"));

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

// What a signal is not about tells nothing. About 60,000 events: five standard deviations of a share within
// one of eight conditions are 0.02.
TEST(Synthetic, TimesTellNothingUnderPosition) {
  for (const char* gaps : {"uniform", "exponential", "heavy"}) {
    SyntheticSettings settings{"position", 5000, 200, 1};
    settings.gaps = gaps;
    const Cycle successor = cycle_of(settings);
    std::map<int, std::pair<double, double>> counts;  // by gap: all, obedient
    const auto columns = synthesise(settings);
    for (std::size_t user = 0; user + 1 < columns.offsets.size(); ++user)
      for (auto i = columns.offsets[user] + 1; i < columns.offsets[user + 1]; ++i) {
        auto& [all, obedient] = counts[columns.times[i] - columns.times[i - 1] > 8];
        ++all;
        obedient += successor[columns.items[i - 1] % synthetic_groups] == columns.items[i] % synthetic_groups;
      }
    for (const auto& [long_gap, count] : counts)
      EXPECT_NEAR(count.second / count.first, 0.85 + 0.15 / 8, 0.015) << gaps << long_gap;
  }
}

TEST(Synthetic, OrderAloneTellsHalfOfAnInterval) {
  const SyntheticSettings settings{"interval", 5000, 200, 1};
  const Cycle successor = cycle_of(settings);
  const auto shares = transitions(synthesise(settings));
  for (int group = 0; group < synthetic_groups; ++group)
    for (int next = 0; next < synthetic_groups; ++next) {
      const bool told = next == group || next == successor[group];
      EXPECT_NEAR(shares[group][next], (told ? 0.425 : 0.0) + 0.15 / 8, 0.025);
    }
}

TEST(Synthetic, BothHalvesTellNothingOfEachOther) {
  const SyntheticSettings settings{"both", 5000, 200, 1};
  const Cycle successor = cycle_of(settings);
  const auto columns = synthesise(settings);
  const auto place = [&](int group) { return steps_between(successor, 0, group); };
  for (const auto& [group, row] :
       shares_by(columns, 1, [](const Columns&c, auto i) { return c.items[i - 1] % synthetic_groups; }))
    for (int next = 0; next < synthetic_groups; ++next) {
      const bool told = place(next) / 2 == (place(group) / 2 + 1) % 4;  // the pair, not which of it
      EXPECT_NEAR(row[next], (told ? 0.425 : 0.0) + 0.15 / 8, 0.025);
    }
  for (const auto& [paused, row] : shares_by(columns, 1, paused_before))
    for (int next = 0; next < synthetic_groups; ++next) {
      const bool told = place(next) % 2 == paused;  // the member, not of which pair
      EXPECT_NEAR(row[next], (told ? 0.85 / 4 : 0.0) + 0.15 / 8, 0.015);
    }
}

TEST(Synthetic, DistanceRepeatsWhatStoodSomePlacesBackAndNothingElse) {
  for (const int lag : {2, 4}) {
    SyntheticSettings settings{"distance", 5000, 200, 1};
    settings.lag = lag;
    const auto columns = synthesise(settings);
    for (int back = 1; back <= 5; ++back)
      for (const auto& [group, row] : shares_by(
               columns, 5, [&](const Columns&c, auto i) { return c.items[i - back] % synthetic_groups; }))
        for (int next = 0; next < synthetic_groups; ++next) {
          double told = 0;  // through 1 or 2 repetitions
          if (back % lag == 0) told = std::pow(0.85, back / lag);
          // Runs of one group count as one: five standard deviations are about 0.05.
          EXPECT_NEAR(row[next], (next == group ? told : 0.0) + (1 - told) / 8, 0.05) << lag << back;
        }
  }
}

TEST(Synthetic, PositionFollowsTheEventThatManyPlacesBack) {
  SyntheticSettings settings{"position", 5000, 200, 1};
  settings.lag = 3;
  settings.strength = 0.6;
  const Cycle successor = cycle_of(settings);
  const auto columns = synthesise(settings);
  for (int back = 1; back <= 3; ++back)
    for (const auto& [group, row] :
         shares_by(columns, 3, [&](const Columns&c, auto i) { return c.items[i - back] % synthetic_groups; }))
      for (int next = 0; next < synthetic_groups; ++next) {
        const double told = back == 3 ? 0.6 : 0;
        EXPECT_NEAR(row[next], (next == successor[group] ? told : 0.0) + (1 - told) / 8, 0.025) << back;
      }
}

TEST(Synthetic, RecencyRepeatsEventsAsTheirTimesSay) {
  const auto columns = synthesise({"recency", 5000, 200, 1});
  double expected = 0, seen = 0, since_pause = 0, events = 0;
  for (std::size_t user = 0; user + 1 < columns.offsets.size(); ++user)
    for (auto i = columns.offsets[user] + 2; i < columns.offsets[user + 1]; ++i) {
      double same = 0, all = 0;
      for (auto j = columns.offsets[user]; j < i; ++j) {
        const double weight =
            std::exp(-static_cast<double>(columns.times[i] - columns.times[j]) / synthetic_memory);
        all += weight;
        if (columns.items[j] % synthetic_groups == columns.items[i - 1] % synthetic_groups) same += weight;
      }
      expected += 0.85 * same / all + 0.15 / 8;
      seen += columns.items[i] % synthetic_groups == columns.items[i - 1] % synthetic_groups;
      since_pause += paused_before(columns, i);
      ++events;
    }
  EXPECT_NEAR(seen / events, expected / events, 0.01);
  EXPECT_NEAR(since_pause / events, 0.5, 0.02);
}

TEST(Synthetic, OrderTellsNothingUnderPeriodAndTheClockAll) {
  for (const char* period : {"hour", "weekday"}) {
    SyntheticSettings settings{"period", 5000, 200, 1};
    settings.period = period;
    const bool by_hour = period == std::string("hour");
    const Cycle successor = cycle_of(settings);
    const auto columns = synthesise(settings);
    const auto clock = shares_by(columns, 0, [&](const Columns& c, auto i) {
      return by_hour ? hour_of(c.times[i]) / 3 : weekday_of(c.times[i]);
    });
    EXPECT_EQ(clock.size(), by_hour ? 8u : 7u);
    for (const auto& [place, row] : clock)
      for (int next = 0; next < synthetic_groups; ++next)
        EXPECT_NEAR(row[next], (steps_between(successor, 0, next) == place ? 0.85 : 0.0) + 0.15 / 8, 0.02);
    const auto shares = transitions(columns);
    for (int group = 0; group < synthetic_groups; ++group)
      for (int next = 0; next < synthetic_groups; ++next) {
        const bool has_day = by_hour || steps_between(successor, 0, next) < 7;
        // The eighth group has no weekday and is rare: about 1,200 events follow one of it.
        EXPECT_NEAR(shares[group][next], (has_day ? 0.85 / (by_hour ? 8 : 7) : 0.0) + 0.15 / 8, 0.055);
      }
  }
}

TEST(Synthetic, NoiseHidesEventsAndChangesNothingElse) {
  SyntheticSettings settings{"position", 5000, 200, 1};
  settings.noise = 0.3;
  const Cycle successor = cycle_of(settings);
  const auto shares = transitions(synthesise(settings));
  const double both_shown = 0.7 * 0.7 * 0.85;
  for (int group = 0; group < synthetic_groups; ++group)
    EXPECT_NEAR(shares[group][successor[group]], both_shown + (1 - both_shown) / 8, 0.025);
  // Two places on, past a hidden event, the rule holds twice.
  const auto second = shares_by(synthesise(settings), 2, [&](const Columns& c, auto i) {
    return successor[successor[c.items[i - 2] % synthetic_groups]];
  });
  const double twice = 0.7 * 0.7 * 0.85 * 0.85;
  for (const auto& [expected, row] : second) EXPECT_NEAR(row[expected], twice + (1 - twice) / 8, 0.025);
}

TEST(Synthetic, LengthsAreWhatWasAskedFor) {
  const auto lengths_of = [](std::vector<std::int64_t> length, std::optional<double> mean) {
    SyntheticSettings settings{"none", 4000, 40, 1};
    settings.length = std::move(length);
    settings.mean_length = mean;
    const auto columns = synthesise(settings);
    std::vector<std::int64_t> found;
    for (std::size_t user = 0; user + 1 < columns.offsets.size(); ++user)
      found.push_back(columns.offsets[user + 1] - columns.offsets[user]);
    std::sort(found.begin(), found.end());
    return found;
  };
  const auto mean_of = [](const std::vector<std::int64_t>& lengths) {
    return std::accumulate(lengths.begin(), lengths.end(), 0.0) / static_cast<double>(lengths.size());
  };
  EXPECT_EQ(lengths_of({12}, {}).front(), 12);
  EXPECT_EQ(lengths_of({12}, {}).back(), 12);
  EXPECT_EQ(lengths_of({30, 40}, {}).front(), 30);
  EXPECT_EQ(lengths_of({30, 40}, {}).back(), 40);
  const auto skewed = lengths_of({3, 300}, 9.26);
  EXPECT_EQ(skewed.front(), 3);
  EXPECT_GT(skewed.back(), 40);
  EXPECT_NEAR(mean_of(skewed), 9.26, 0.5);  // SD 6.8, five standard deviations of the mean
  EXPECT_NEAR(mean_of(lengths_of({3, 20}, 17)), 17, 0.4);
}

TEST(Synthetic, GapsAreWhatWasAskedFor) {
  const auto gaps_of = [](const char* gaps) {
    SyntheticSettings settings{"none", 4000, 40, 1};
    settings.gaps = gaps;
    const auto columns = synthesise(settings);
    std::vector<double> found;
    for (std::size_t user = 0; user + 1 < columns.offsets.size(); ++user)
      for (auto i = columns.offsets[user] + 1; i < columns.offsets[user + 1]; ++i)
        found.push_back(static_cast<double>(columns.times[i] - columns.times[i - 1]));
    std::sort(found.begin(), found.end());
    return found;
  };
  const auto exponential = gaps_of("exponential"), heavy = gaps_of("heavy");
  EXPECT_EQ(exponential.front(), 1);
  EXPECT_NEAR(std::accumulate(exponential.begin(), exponential.end(), 0.0) / exponential.size(), 30.5, 0.7);
  EXPECT_EQ(heavy[heavy.size() / 3], 1);
  EXPECT_NEAR(heavy[heavy.size() * 9 / 10], 10, 1);
  EXPECT_EQ(heavy.back(), 1799) << "below a pause";
}

TEST(Synthetic, ItsSourceSaysWhatWasChosenAndIsReadAgain) {
  EXPECT_EQ(SyntheticSettings().source().dump(),
            R"({"synthetic":{"items":2000,"seed":1,"signal":"position","users":5000}})");
  SyntheticSettings settings{"distance", 50, 40, 1};
  settings.lag = 4;  // its own
  EXPECT_EQ(settings.source()["synthetic"].size(), 4u);
  settings.lag = 5;
  settings.noise = 0.25;
  settings.length = {9};
  settings.gaps = "heavy";
  EXPECT_EQ(settings.source().dump(), R"({"synthetic":{"gaps":"heavy","items":40,"lag":5,"length":[9,9],)"
                                      R"("noise":0.25,"seed":1,"signal":"distance","users":50}})");
  const auto again = SyntheticSettings::from_source(settings.source());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->source(), settings.source());
  EXPECT_EQ(hash_of(*again), hash_of(settings));
  EXPECT_FALSE(SyntheticSettings::from_source({{"raw", "folder"}}));
  EXPECT_FALSE(SyntheticSettings::from_source({}));
  auto later = settings.source();
  later["synthetic"]["moon"] = 1;
  EXPECT_THAT(refusal([&] { SyntheticSettings::from_source(later); }), HasSubstr("'moon'"));
}

TEST(Synthetic, KnowsHoursAndWeekdays) {
  EXPECT_EQ(weekday_of(0), 3);  // Thursday, 1970-01-01
  EXPECT_EQ(weekday_of(-1), 2);
  EXPECT_EQ(weekday_of(1388534400), 2);  // Wednesday, 2014-01-01
  EXPECT_EQ(weekday_of(1388534400 + 5 * 86400 - 1), 6);
  EXPECT_EQ(hour_of(1388534400 + 3 * 3600 + 3599), 3);
  EXPECT_EQ(hour_of(-1), 23);
}

TEST(Synthetic, RefusesWhatItsSignalDoesNotTake) {
  const auto message = [](const char* signal, auto change) {
    SyntheticSettings settings{signal, 50, 40, 1};
    change(settings);
    return refusal([&] { synthesise(settings); });
  };
  using S = SyntheticSettings;
  EXPECT_THAT(message("none", [](S& s) { s.strength = 0.5; }),
              HasSubstr("'none' takes no strength; remove it"));
  EXPECT_THAT(message("none", [](S& s) { s.noise = 0.5; }), HasSubstr("takes no noise"));
  EXPECT_THAT(message("recency", [](S& s) { s.noise = 0.5; }), HasSubstr("lower its strength"));
  EXPECT_THAT(message("interval", [](S& s) { s.lag = 2; }), HasSubstr("'interval' takes no lag"));
  EXPECT_THAT(message("period", [](S& s) { s.gaps = "heavy"; }), HasSubstr("'period' takes no gaps"));
  EXPECT_THAT(message("position", [](S& s) { s.period = "weekday"; }), HasSubstr("takes no period"));
  EXPECT_THAT(message("distance", [](S& s) { s.lag = 1; }), HasSubstr("lag of 1: use 2 or more"));
  EXPECT_THAT(message("position", [](S& s) { s.lag = 0; }), HasSubstr("lag of 0: use 1 or more"));
  EXPECT_THAT(message("position", [](S& s) { s.lag = 6; }), HasSubstr("use a length from 7"));
  EXPECT_THAT(message("position", [](S& s) { s.strength = 1.1; }), HasSubstr("use 0 to 1"));
  EXPECT_THAT(message("position", [](S& s) { s.noise = 1; }), HasSubstr("use 0 to below 1"));
  EXPECT_THAT(message("position", [](S& s) { s.noise = std::nan(""); }), HasSubstr("use 0 to below 1"));
  EXPECT_THAT(message("position", [](S& s) { s.gaps = "expnential"; }),
              HasSubstr("did you mean \"exponential\""));
  EXPECT_THAT(message("period", [](S& s) { s.period = "weekdays"; }), HasSubstr("did you mean \"weekday\""));
  for (const std::vector<std::int64_t>& length :
       {std::vector<std::int64_t>{}, {2, 9}, {9, 8}, {6, 10'001}, {6, 7, 8}})
    EXPECT_THAT(message("none", [&](S& s) { s.length = length; }), HasSubstr("length is [from, to]"));
  EXPECT_THAT(message("none", [](S& s) { s.mean_length = 20; }), HasSubstr("between the lengths 6 and 20"));
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
