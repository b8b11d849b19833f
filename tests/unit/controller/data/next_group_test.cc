#include "host/controller/data/next_group.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace pebench::data {
namespace {

constexpr std::int64_t midnight = 86400 * 16071LL;

base::Stream stream() { return base::Stream(1, "synthetic", "test"); }

double sum_of(const GroupShares& shares) {
  double sum = 0;
  for (const double share : shares) sum += share;
  return sum;
}

void expect_near(const GroupShares& found, const GroupShares& expected, double margin) {
  EXPECT_NEAR(sum_of(found), 1, 1e-9);
  for (int g = 0; g < synthetic_groups; ++g) EXPECT_NEAR(found[g], expected[g], margin) << "group " << g;
}

/// The next event's group by the rule as it is written in docs/data.md, summed over all that is not known:
/// every event's own group, every pause, every order of what was seen. For signals of one earlier event.
GroupShares by_enumeration(const SyntheticSettings& settings, Knowledge knowledge, std::vector<int> groups,
                           const std::vector<bool>& pauses) {
  const Cycle successor = cycle_of(settings);
  const std::size_t lag = static_cast<std::size_t>(settings.places_back());
  const auto place = [&](int group) {
    int steps = 0;
    for (int at = 0; at != group; at = successor[at]) ++steps;
    return steps;
  };
  const auto expected = [&](int group, bool paused) {
    if (settings.signal == "position") return successor[group];
    if (settings.signal == "distance") return group;
    if (settings.signal == "interval") return paused ? successor[group] : group;
    int wanted = 2 * ((place(group) / 2 + 1) % 4) + paused, at = 0;  // both
    while (wanted-- > 0) at = successor[at];
    return at;
  };
  const bool pauses_matter = settings.signal == "interval" || settings.signal == "both";
  GroupShares result{};
  std::vector<int> own;
  std::function<void(std::size_t, double)> go = [&](std::size_t t, double probability) {
    for (int g = 0; g < synthetic_groups; ++g) {
      double step = 0;  // of group g at t
      for (const bool paused : {false, true}) {
        double weight = 0.5;
        if (!pauses_matter)
          weight = paused ? 0 : 1;
        else if (knowledge.times)
          weight = pauses[t] == paused ? 1 : 0;
        if (weight == 0) continue;
        const double strength = settings.strength;
        if (t < lag)  // follows an event that nobody saw, of any group
          for (int before = 0; before < synthetic_groups; ++before)
            step += weight / 8 * ((expected(before, paused) == g ? strength : 0) + (1 - strength) / 8);
        else
          step += weight * ((expected(own[t - lag], paused) == g ? strength : 0) + (1 - strength) / 8);
      }
      const auto shown = [&](int seen) {
        const double any =
            static_cast<double>(items_of_group(seen, settings.items)) / static_cast<double>(settings.items);
        return (seen == g ? 1 - settings.noise : 0) + settings.noise * any;
      };
      if (t == groups.size()) {
        for (int seen = 0; seen < synthetic_groups; ++seen) result[seen] += probability * step * shown(seen);
      } else if (const double next = probability * step * shown(groups[t]); next > 0) {
        own.push_back(g);
        go(t + 1, next);
        own.pop_back();
      }
    }
  };
  if (knowledge.order) {
    go(0, 1);
  } else {
    std::sort(groups.begin(), groups.end());
    do go(0, 1);
    while (std::next_permutation(groups.begin(), groups.end()));
  }
  const double sum = sum_of(result);
  for (double& share : result) share /= sum;
  return result;
}

std::vector<std::int64_t> times_with(const std::vector<bool>& pauses) {
  std::vector<std::int64_t> times;
  std::int64_t time = midnight;
  for (const bool paused : pauses) times.push_back(time += 20 + (paused ? synthetic_pause : 0));
  return times;
}

SyntheticSettings some(const char* signal, double noise, std::optional<std::int64_t> lag = {}) {
  SyntheticSettings settings{signal, 50, 100, 1};
  settings.noise = noise;
  settings.lag = lag;
  return settings;
}

const std::vector<int> seen = {3, 5, 3, 0};
const std::vector<bool> pauses = {true, false, true, true, false};

TEST(NextGroup, IsTheSumOverAllThatIsNotKnown) {
  for (const SyntheticSettings& settings : {some("position", 0), some("position", 0.2), some("interval", 0),
                                            some("interval", 0.2), some("both", 0)})
    for (const Knowledge knowledge : {Knowledge{true, true}, {true, false}, {false, true}, {false, false}}) {
      const NextGroup law(settings, knowledge);
      ASSERT_TRUE(law.is_exact(seen));
      SCOPED_TRACE(settings.signal + (knowledge.order ? " order" : "") + (knowledge.times ? " times" : ""));
      expect_near(law.of(seen, times_with(pauses), stream()),
                  by_enumeration(settings, knowledge, seen, pauses), 1e-9);
    }
}

TEST(NextGroup, FollowsEachChainOfALongerDependency) {
  for (const SyntheticSettings& settings : {some("position", 0.1, 2), some("distance", 0, 3)}) {
    const NextGroup law(settings, {true, true});
    expect_near(law.of(seen, times_with(pauses), stream()),
                by_enumeration(settings, {true, true}, seen, pauses), 1e-9);
  }
}

// 1,000 samples: five standard errors of a share are at most 0.08.
TEST(NextGroup, SamplesOrdersWhereTheyAreTooMany) {
  for (const SyntheticSettings& settings : {some("position", 0, 2), some("distance", 0.1, 3)}) {
    const NextGroup law(settings, {false, true});
    EXPECT_FALSE(law.is_exact(seen));
    expect_near(law.of(seen, times_with(pauses), stream()),
                by_enumeration(settings, {false, true}, seen, pauses), 0.08);
  }
  std::vector<int> many;
  for (int i = 0; i < 200; ++i) many.push_back(i % 8);
  EXPECT_FALSE(NextGroup(some("position", 0), {false, true}).is_exact(many));
}

TEST(NextGroup, WeighsWhatIsRecentByItsTime) {
  const NextGroup law(some("recency", 0), {true, true});
  const auto times = times_with(pauses);
  GroupShares weights{}, expected{};
  for (std::size_t i = 0; i < seen.size(); ++i)
    weights[seen[i]] += std::exp(-static_cast<double>(times.back() - times[i]) / synthetic_memory);
  for (int g = 0; g < synthetic_groups; ++g) expected[g] = 0.85 * weights[g] / sum_of(weights) + 0.15 / 8;
  expect_near(law.of(seen, times, stream()), expected, 1e-9);
  EXPECT_TRUE(law.is_exact(seen));
  EXPECT_FALSE(NextGroup(some("recency", 0), {true, false}).is_exact(seen));
}

// Who does not know the times sums over the pauses that may have been; the seconds hardly count.
TEST(NextGroup, SamplesTimesThatAreNotKnown) {
  const NextGroup law(some("recency", 0), {true, false});
  GroupShares expected{};
  for (int pattern = 0; pattern < 1 << 5; ++pattern) {
    std::vector<double> ages;  // of each event, seconds before the next one
    double probability = 1;
    GroupShares next{};
    for (std::size_t t = 0; t <= seen.size(); ++t) {
      const double gap = 30.5 + ((pattern >> t & 1) != 0 ? synthetic_pause : 0);
      for (double& age : ages) age += gap;
      GroupShares weights{};
      for (std::size_t i = 0; i < ages.size(); ++i) weights[seen[i]] += std::exp(-ages[i] / synthetic_memory);
      const double sum = sum_of(weights);
      for (int g = 0; g < synthetic_groups; ++g)
        next[g] = t == 0 ? 1.0 / 8 : 0.85 * weights[g] / sum + 0.15 / 8;
      if (t < seen.size()) {
        probability *= next[seen[t]];
        ages.push_back(0);
      }
    }
    for (int g = 0; g < synthetic_groups; ++g) expected[g] += probability * next[g];
  }
  const double sum = sum_of(expected);
  for (double& share : expected) share /= sum;
  expect_near(law.of(seen, times_with(pauses), stream()), expected, 0.08);
}

TEST(NextGroup, GoesByTheClockAlone) {
  SyntheticSettings settings{"period", 50, 100, 1};
  settings.period = "weekday";
  const auto times = times_with(pauses);
  const GroupShares told = NextGroup(settings, {true, true}).of(seen, times, stream());
  EXPECT_NEAR(*std::max_element(told.begin(), told.end()), 0.85 + 0.15 / 8, 1e-9);
  const GroupShares untold = NextGroup(settings, {true, false}).of(seen, times, stream());
  EXPECT_NEAR(*std::max_element(untold.begin(), untold.end()), 0.85 / 7 + 0.15 / 8, 1e-9);
  expect_near(NextGroup(settings, {false, true}).of(seen, times, stream()), told, 1e-9);
}

TEST(NextGroup, IsTheShareOfItemsWhereThereIsNoSignal) {
  const GroupShares shares = NextGroup({"none", 50, 17, 1}, {}).of(seen, times_with(pauses), stream());
  EXPECT_NEAR(shares[1], 3.0 / 17, 1e-12);
  EXPECT_NEAR(shares[2], 2.0 / 17, 1e-12);
}

TEST(NextGroup, StaysFiniteWhereHistoriesAreCertain) {
  SyntheticSettings settings = some("position", 0, 2);
  settings.strength = 1;
  for (const bool order : {true, false}) {
    const GroupShares shares = NextGroup(settings, {order, true})
                                   .of({0, 0, 0, 0, 0, 0}, times_with({1, 1, 1, 1, 1, 1, 1}), stream());
    EXPECT_NEAR(sum_of(shares), 1, 1e-9);  // though no such history can be
  }
}

}  // namespace
}  // namespace pebench::data
