#include "host/controller/order/test_of_order.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "host/controller/data/synthetic.h"
#include "host/controller/order/chain.h"
#include "host/controller/order/finding_json.h"
#include "host/controller/order/known_order.h"
#include "host/controller/order/max_p.h"
#include "host/controller/order/order_text.h"
#include "host/examiner/ranks.h"
#include "tests/unit/data/raw_data.h"
#include "tests/unit/support/environment.h"

namespace pebench::order {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// What users do, drawn from a seed: with `strength` an event is of the item after that of `lag` events
/// before, else of any item.
struct Habit {
  std::int64_t users = 150, items = 60;
  double strength = 0;
  std::int64_t lag = 1;
  std::uint64_t same_second = 0;  ///< of ten events as many share the second of the one before
};

Histories drawn(const Habit& habit, std::uint64_t seed) {
  base::Stream stream(seed, "synthetic", "habits");
  Histories histories;
  histories.catalogue = habit.items;
  for (std::int64_t user = 0; user < habit.users; ++user) {
    std::vector<data::Item> items;
    std::vector<std::int64_t> times;
    for (auto left = 3 + stream.below(12); left > 0; --left) {
      const auto place = static_cast<std::int64_t>(items.size()) - habit.lag;
      const bool follows = place >= 0 && stream.uniform() < habit.strength;
      items.push_back(
          static_cast<data::Item>(1 + (follows ? items[place] : stream.below(habit.items)) % habit.items));
      times.push_back((times.empty() ? 0 : times.back()) + (stream.below(10) >= habit.same_second));
    }
    const data::Item target = items.back();
    items.pop_back();
    times.pop_back();
    histories.add(items, times, target);
  }
  return histories;
}

Settings quick() {
  Settings settings;
  settings.shuffles = 39;
  return settings;
}

TEST(OrderTest, SaysOrderOfNoiseAsOftenAsItsAlpha) {
  constexpr int sets = 300;
  int said = 0, covered = 0;
  for (int seed = 0; seed < sets; ++seed) {
    const Finding finding = test(drawn({}, seed), quick());
    said += finding.verdict == Verdict::order || finding.verdict == Verdict::little;
    const auto& interval = finding.guesses.front().interval;
    covered += interval.low <= 0 && 0 <= interval.high;
  }
  EXPECT_LE(said, 0.05 * sets + 3 * std::sqrt(0.05 * 0.95 * sets));
  EXPECT_GE(said, 1) << "a test that never errs sees nothing";
  EXPECT_NEAR(covered, 0.95 * sets, 5 * std::sqrt(0.05 * 0.95 * sets));
}

TEST(OrderTest, SeesWhatFollowsTheNewestEventOrOneBefore) {
  for (const std::int64_t lag : {1, 2, 4}) {
    const Finding finding = test(drawn({400, 60, 0.6, lag}, 7), quick());
    EXPECT_EQ(finding.verdict, Verdict::order) << lag;
    EXPECT_EQ(finding.guesses.front().p <= 0.05, lag == 1) << lag;
    EXPECT_DOUBLE_EQ(finding.guesses.back().p, 1.0 / 40) << lag;
  }
}

TEST(OrderTest, SaysWhatCouldHaveBeenSeen) {
  const Finding few = test(drawn({30, 60}, 1), quick());
  EXPECT_EQ(few.verdict, Verdict::undecided);
  EXPECT_THAT(explained(few).front(), HasSubstr("but 30 users would not have to show one of"));
  EXPECT_EQ(warning(few), std::nullopt);
  Histories without_hits = drawn({30, 5000}, 1);
  EXPECT_EQ(test(without_hits, quick()).verdict, Verdict::undecided) << "nothing seen of nothing";
  const Finding many = test(drawn({4000, 1000}, 1), quick());
  EXPECT_EQ(many.verdict, Verdict::none);
  EXPECT_LT(many.guesses.front().detectable, many.guesses.front().margin);
  EXPECT_THAT(warning(many).value(),
              HasSubstr("no order to be seen: what it tells is below the margin of 0.0"));
}

TEST(OrderTest, ThinCountsAreNoEvidenceOfLittleOrder) {
  Histories histories = drawn({4000, 1000}, 1);
  histories.complete = false;
  const Finding some = test(histories, quick());
  EXPECT_EQ(some.verdict, Verdict::undecided);
  EXPECT_THAT(explained(some).front(),
              HasSubstr("undecided: no difference is seen, but not all users were counted"));
  EXPECT_THAT(explained(some).back(), HasSubstr("events of random users counted; 4000 users ranked"));
  const Finding sparse = test(drawn({4000, 2000, 0.02}, 1), quick());
  EXPECT_LT(sparse.guesses.front().ndcg, 0.01);
  EXPECT_EQ(sparse.verdict, Verdict::order) << "it more than doubles what counts can tell";
}

TEST(OrderTest, TheDetectableDifferenceIsDetectedInFourOfFiveSets) {
  int seen = 0, sets = 0;
  double detectable = 0, difference = 0;
  for (int seed = 0; seed < 60; ++seed, ++sets) {
    const Finding finding = test(drawn({150, 60, 0.085}, seed), quick());
    detectable += finding.guesses.front().detectable / 60;
    difference += finding.guesses.front().difference / 60;
    seen += std::any_of(finding.guesses.begin(), finding.guesses.end(),
                        [](const Guess& g) { return g.p <= 0.05; });
  }
  EXPECT_NEAR(difference, detectable, 0.25 * detectable) << "the sets are made so";
  EXPECT_NEAR(seen, 0.8 * sets, 12);
}

/// The file writes what happened in one second by item; the next item is what the last line says.
TEST(OrderTest, TellsTheOrderOfTheFileFromThatOfTime) {
  Histories by_lines;
  by_lines.catalogue = 60;
  base::Stream stream(3, "synthetic", "lines");
  for (int user = 0; user < 400; ++user) {
    std::vector<data::Item> items;
    for (int i = 0; i < 8; ++i) items.push_back(static_cast<data::Item>(1 + stream.below(60)));
    std::sort(items.begin(), items.end());
    by_lines.add(items, std::vector<std::int64_t>(8, 5), items.back() % 60 + 1);
  }
  const Finding finding = test(by_lines, quick());
  EXPECT_EQ(finding.verdict, Verdict::file_order);
  EXPECT_DOUBLE_EQ(finding.share_tied, 1.0);
  EXPECT_THAT(warning(finding).value(),
              HasSubstr("nothing is left of it when events of the same second are shuffled"));

  const Finding timed = test(drawn({400, 60, 0.6, 1, 3}, 5), quick());
  EXPECT_EQ(timed.verdict, Verdict::order);
  ASSERT_TRUE(timed.guesses.front().file);
  EXPECT_GT(timed.guesses.front().file->difference, 0);
  EXPECT_LE(timed.guesses.front().file->p_of_the_rest, 0.05);
  EXPECT_THAT(warning(timed).value(),
              HasSubstr("is the order in which the file has events of the same second"));
}

TEST(OrderTest, AShuffledCopyHasNone) {
  Histories histories = drawn({3000, 400, 0.6}, 11);
  EXPECT_EQ(test(histories, quick()).verdict, Verdict::order);
  const auto items = shuffled(histories, data::Shuffle::profile, base::Stream(5, "synthetic", "copy"), 0);
  histories.items = items;
  EXPECT_THAT(test(histories, quick()).guesses.front().p, testing::Gt(0.05));
}

TEST(OrderTest, RanksRepeatsWhereTheyAreCommon) {
  Histories histories = drawn({200, 60}, 1);
  EXPECT_EQ(test(histories, quick()).excluded, share_repeated(histories) < 0.1);
  for (std::int64_t user = 0; user < histories.users(); ++user)
    histories.targets[user] = histories.items[histories.offsets[user]];
  EXPECT_DOUBLE_EQ(share_repeated(histories), 1.0);
  EXPECT_FALSE(test(histories, quick()).excluded);
}

TEST(OrderTest, IsTheSameEveryTimeAndSurvivesNothingToTest) {
  const Histories histories = drawn({200, 60, 0.2, 1, 2}, 2);
  EXPECT_EQ(nlohmann::json(test(histories, quick())), nlohmann::json(test(histories, quick())));
  Histories untested;
  untested.catalogue = 3;
  untested.add({1, 2}, {5, 6}, 0);
  const Finding finding = test(untested, quick());
  EXPECT_EQ(finding.verdict, Verdict::undecided);
  EXPECT_THAT(explained(finding), ElementsAre("undecided: no user has three events"));
}

TEST(OrderTest, RanksAsManyUsersAsItHasTimeFor) {
  Settings settings = quick();
  settings.most_scores = 2000;
  const Finding finding = test(drawn({400, 60, 0.8}, 3), settings);
  EXPECT_LT(finding.users, 100);
  EXPECT_EQ(finding.users_of, 400);
  EXPECT_EQ(finding.verdict, Verdict::order);
  EXPECT_THAT(explained(finding).back(), HasSubstr("of 400 users, drawn at random, ranked among all items"));
}

TEST(Finding, ComesBackFromJson) {
  const nlohmann::json json = test(drawn({100, 60, 0.3, 1, 3}, 4), quick());
  EXPECT_EQ(nlohmann::json(json.get<Finding>()), json);
  for (const auto verdict :
       {Verdict::order, Verdict::little, Verdict::file_order, Verdict::none, Verdict::undecided})
    EXPECT_EQ(verdict_of(word_of(verdict)), verdict);
  EXPECT_THROW(verdict_of("maybe"), std::invalid_argument);
}

/// The rank that a score of every item gives: the oracle of Chain::ranks.
examiner::Rank rank_by_scores(const Histories& histories, std::int64_t user, std::int64_t newest,
                              bool exclude) {
  std::vector<double> scores(histories.catalogue + 1, 0), counts(histories.catalogue + 1, 0);
  const std::int64_t end = histories.offsets[user + 1], begin = histories.offsets[user];
  for (const data::Item item : histories.items) counts[item] += 1e-6;
  for (std::int64_t lag = 1; lag <= newest && lag <= end - begin; ++lag)
    for (std::int64_t other = 0; other < histories.users(); ++other)
      for (std::int64_t i = histories.offsets[other] + lag; i < histories.offsets[other + 1]; ++i)
        if (histories.items[i - lag] == histories.items[end - lag])
          scores[histories.items[i]] += 60 / static_cast<double>(lag);
  for (std::size_t item = 0; item < scores.size(); ++item) scores[item] += counts[item];
  std::vector<data::Item> out;
  if (exclude)
    for (std::int64_t i = begin; i < end; ++i)
      if (histories.items[i] != histories.targets[user]) out.push_back(histories.items[i]);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return examiner::rank_among_all(
      base::Span<const double>(scores.data(), static_cast<std::ptrdiff_t>(scores.size())),
      histories.targets[user], out);
}

TEST(Chain, RanksAsScoresOfAllItemsDo) {
  const Histories histories = drawn({60, 40, 0.3}, 8);
  const Popularity popularity(histories);
  const Chain chain(histories, histories.items);
  Chain::Room room(histories);
  for (const bool exclude : {true, false})
    for (std::int64_t user = 0; user < histories.users(); ++user) {
      const Ranks ranks = chain.ranks(user, popularity, exclude, room);
      for (std::size_t by = 0; by < ranks.size(); ++by) {
        const auto expected = rank_by_scores(histories, user, guesses_by[by], exclude);
        EXPECT_EQ(ranks[by].better, expected.better) << user << " by " << guesses_by[by];
        EXPECT_EQ(ranks[by].tied, expected.tied) << user << " by " << guesses_by[by];
      }
    }
}

TEST(Shuffled, KeepsProfilesAndWithinTiesTheirTimes) {
  const Histories histories = drawn({50, 60, 0, 1, 6}, 9);
  const base::Stream streams(1, "synthetic");
  const auto all = shuffled(histories, data::Shuffle::profile, streams, 0);
  const auto ties = shuffled(histories, data::Shuffle::ties, streams, 0);
  EXPECT_NE(all, histories.items);
  EXPECT_NE(ties, histories.items);
  EXPECT_NE(all, shuffled(histories, data::Shuffle::profile, streams, 1));
  const auto sorted = [&](std::vector<data::Item> items, bool by_time) {
    for (std::int64_t user = 0; user < histories.users(); ++user)
      for (std::int64_t first = histories.offsets[user], last; first < histories.offsets[user + 1];
           first = last) {
        last = first + 1;
        while (last < histories.offsets[user + 1] &&
               (!by_time || histories.times[last] == histories.times[first]))
          ++last;
        std::sort(items.begin() + first, items.begin() + last);
      }
    return items;
  };
  EXPECT_EQ(sorted(all, false), sorted(histories.items, false));
  EXPECT_EQ(sorted(ties, true), sorted(histories.items, true));
}

TEST(MaxP, IsTheShareOfDrawsThatReachTheObserved) {
  EXPECT_THAT(max_p({{5, 0}, {1, 1}, {2, 2}, {3, 3}}), ElementsAre(0.25, 1.0));
  EXPECT_THAT(max_p({{1, 1}, {1, 1}}), ElementsAre(1.0, 1.0)) << "nothing varies";
}

class KnownOrder : public testing::Test {
 protected:
  TemporaryFolder folder_;
  const EnvironmentVariable cache_{"PEBENCH_CACHE", (folder_.path() / "cache").string()};
};

TEST_F(KnownOrder, IsKeptAndMadeAgainWhereItCannotBeRead) {
  data::SyntheticSettings synthetic;
  synthetic.users = 300;
  synthetic.items = 40;
  data::write_columns(folder_.path() / "set", data::synthesise(synthetic), {});
  const auto data = data::Dataset::open(folder_.path() / "set", {});
  EXPECT_FALSE(known_order(data));
  const Finding finding = order_of(data);
  EXPECT_EQ(finding.verdict, Verdict::order) << "the signal is of positions";
  EXPECT_EQ(nlohmann::json(known_order(data).value()), nlohmann::json(finding));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path() / "cache"))
    if (entry.is_regular_file()) std::ofstream(entry.path()) << "{\"verdict\": 1}";
  EXPECT_FALSE(known_order(data));
  EXPECT_EQ(nlohmann::json(order_of(data)), nlohmann::json(finding));
}

TEST_F(KnownOrder, TakesFromTheDataWhatLeaveOneOutDoes) {
  const auto data =
      data::dataset_of(folder_.path() / "set", {{{1, 1}, {2, 2}, {3, 3}}, {{2, 1}, {1, 2}}, {{3, 1}}}, 3);
  const Histories histories = histories_of(data, 100);
  EXPECT_THAT(histories.items, ElementsAre(1, 2, 2, 1, 3));
  EXPECT_THAT(histories.targets, ElementsAre(3, 0, 0));
  const Histories some = histories_of(data, 4);
  EXPECT_LE(some.items.size(), 4u);
  EXPECT_LT(some.users(), 3);
}

}  // namespace
}  // namespace pebench::order
