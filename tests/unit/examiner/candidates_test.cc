#include "host/examiner/candidates.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "tests/unit/data/raw_data.h"

namespace pebench::examiner {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Kind = contract::CandidateSet::Kind;

TEST(ExcludeSeen, ReadsItsThreeWords) {
  EXPECT_EQ(parse_exclude_seen("history"), ExcludeSeen::history);
  EXPECT_EQ(parse_exclude_seen("train"), ExcludeSeen::train);
  EXPECT_EQ(parse_exclude_seen("none"), ExcludeSeen::none);
  EXPECT_THAT(refusal([] { parse_exclude_seen("all"); }),
              AllOf(HasSubstr("'all'"), HasSubstr("\"history\"")));
}

TEST(Excluded, IsTheHistoryTheTrainingPartOrNothingAndNeverTheTarget) {
  TemporaryFolder folder;
  const auto data = data::dataset_of(
      folder.path() / "set",
      {{{5, 1}, {2, 2}, {7, 3}, {5, 4}, {4, 5}, {9, 6}}, {{1, 1}, {2, 2}, {3, 3}, {1, 4}}}, 10);
  const auto split = data::leave_one_out(data);
  const auto excluded = [&](ExcludeSeen exclude, data::User user, std::int64_t index) {
    return CandidateSampler(data, split, contract::CandidateSet::parse("full", 1), exclude)
        .excluded(user, index);
  };
  EXPECT_THAT(excluded(ExcludeSeen::history, 0, 5), ElementsAre(2, 4, 5, 7));
  EXPECT_THAT(excluded(ExcludeSeen::history, 0, 4), ElementsAre(2, 5, 7));
  EXPECT_THAT(excluded(ExcludeSeen::train, 0, 5), ElementsAre(2, 5, 7));
  EXPECT_THAT(excluded(ExcludeSeen::train, 0, 2), ElementsAre(2, 5));
  EXPECT_THAT(excluded(ExcludeSeen::none, 0, 5), IsEmpty());
  EXPECT_THAT(excluded(ExcludeSeen::history, 1, 3), ElementsAre(2, 3));  // the target 1 is a repeat
  EXPECT_THAT(excluded(ExcludeSeen::train, 1, 3), ElementsAre(2));
}

class Given : public testing::Test {
 protected:
  /// Two users of three events, whose last ones have these texts.
  data::Dataset with(const std::string& first, const std::string& second) {
    data::Columns columns;
    columns.user_ids = {"u", "w"};
    columns.item_ids = {"a", "b", "c", "d"};
    columns.offsets = {0, 3, 6};
    columns.items = {1, 2, 3, 2, 1, 1};
    columns.times = {1, 2, 3, 1, 2, 3};
    columns.event_fields.push_back(
        {{data::negatives_feature, true, 2}, {-1, -1, 0, -1, -1, 1}, {first, second}, {}});
    const auto path = folder_.path() / std::to_string(++made_);
    data::write_columns(path, columns, {});
    return data::Dataset::open(path, {});
  }
  TemporaryFolder folder_;
  int made_ = 0;
};

TEST_F(Given, NegativesAreThoseOfTheEventInTheirOrder) {
  const auto data = with(R"(["d","c","a","nowhere","d"])", R"(["b"])");
  const auto split = data::leave_one_out(data);
  const CandidateSampler sampler(data, split, contract::CandidateSet::parse("given", 1),
                                 ExcludeSeen::history);
  const base::Stream stream(0, "candidates", "test");
  EXPECT_THAT(sampler.draw(0, 2, stream), ElementsAre(4, 1))
      << "not the target, not twice, not what is not here";
  EXPECT_THAT(sampler.draw(1, 2, stream), ElementsAre(2)) << "also what the user has met";
  EXPECT_THAT(refusal([&] { sampler.draw(1, 1, stream); }),
              AllOf(HasSubstr("event 2 of user 'w'"), HasSubstr("none")));
}

TEST_F(Given, NegativesAreRefusedWhereThereAreNone) {
  const auto data = data::dataset_of(folder_.path() / "set", {{{1, 1}, {2, 2}, {3, 3}}}, 4);
  const auto split = data::leave_one_out(data);
  EXPECT_THAT(refusal([&] {
                CandidateSampler(data, split, contract::CandidateSet::parse("given", 1), ExcludeSeen::none);
              }),
              AllOf(HasSubstr("without given negatives"), HasSubstr("negatives=")));
}

TEST_F(Given, NegativesBelongToTheIdentityOfTheData) {
  const auto data = with(R"(["d"])", R"(["b"])"), same = with(R"(["d"])", R"(["b"])"),
             other = with(R"(["d"])", R"(["c"])");
  EXPECT_EQ(data.hash(), same.hash());
  EXPECT_NE(data.hash(), other.hash());
}

struct Rule {
  const char* set;
  ExcludeSeen exclude;
};

class Draws : public testing::TestWithParam<Rule> {
 protected:
  static constexpr std::int64_t items = 120;
  TemporaryFolder folder_;
  data::Dataset data_ = data::dataset_of(folder_.path() / "set", data::random_histories(7, 60, items), items);
  data::Split split_ = data::leave_one_out(data_);
};

TEST_P(Draws, HoldEveryPromiseOnRandomData) {
  const auto set = contract::CandidateSet::parse(GetParam().set, 75);
  const CandidateSampler sampler(data_, split_, set, GetParam().exclude);
  const auto counts = data::training_counts(data_, split_);
  const base::Stream streams(1, "candidates", set.name);
  for (const data::User user : split_.test_users()) {
    for (const auto index : {split_.users[user].validation, split_.users[user].test}) {
      const auto left_out = sampler.excluded(user, index);
      std::set<data::Item> eligible;
      for (data::Item item = 1; item <= items; ++item)
        if (item != data_.history(user).items[index] &&
            std::count(left_out.begin(), left_out.end(), item) == 0 &&
            (set.kind != Kind::popular || counts[item] > 0))
          eligible.insert(item);
      const auto drawn = sampler.draw(user, index, streams.at(user));
      const std::set<data::Item> distinct(drawn.begin(), drawn.end());
      EXPECT_EQ(distinct.size(), drawn.size()) << "an item was drawn twice";
      EXPECT_TRUE(std::includes(eligible.begin(), eligible.end(), distinct.begin(), distinct.end()));
      const auto expected =
          set.kind == Kind::full ? eligible.size() : std::min<std::size_t>(set.count, eligible.size());
      EXPECT_EQ(drawn.size(), expected);
      EXPECT_EQ(sampler.draw(user, index, streams.at(user)), drawn) << "the same stream gives the same draw";
      EXPECT_TRUE(set.kind != Kind::full || std::is_sorted(drawn.begin(), drawn.end()));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rules, Draws,
    testing::Values(Rule{"full", ExcludeSeen::history}, Rule{"full", ExcludeSeen::none},
                    Rule{"uniform:5", ExcludeSeen::history}, Rule{"uniform:L", ExcludeSeen::train},
                    Rule{"uniform:110", ExcludeSeen::history}, Rule{"uniform:500", ExcludeSeen::none},
                    Rule{"popular:5", ExcludeSeen::none}, Rule{"popular:L", ExcludeSeen::history},
                    Rule{"popular:500", ExcludeSeen::train}));

TEST_F(Draws, DifferBetweenStreams) {
  const CandidateSampler sampler(data_, split_, contract::CandidateSet::parse("uniform:20", 1),
                                 ExcludeSeen::none);
  const data::User user = split_.test_users().front();
  const auto draw = [&](const base::Stream& stream) { return sampler.draw(user, 1, stream); };
  const base::Stream stream(1, "candidates");
  EXPECT_NE(draw(stream.at(1)), draw(stream.at(2)));
  EXPECT_NE(draw(stream), draw(base::Stream(2, "candidates")));
}

TEST_F(Draws, AnExhaustedPoolComesInARandomOrder) {
  const CandidateSampler sampler(data_, split_, contract::CandidateSet::parse("uniform:500", 1),
                                 ExcludeSeen::none);
  const auto drawn = sampler.draw(0, 0, base::Stream(1, "candidates"));
  EXPECT_EQ(drawn.size(), static_cast<std::size_t>(items - 1));
  EXPECT_FALSE(std::is_sorted(drawn.begin(), drawn.end()));
}

/// How often the first two negatives are the pair (a, b), against drawing one after the other by weight
/// without replacement. data::Item v is trained on `weights[v-1]` times; user 0's only event, the target, is
/// item 3 and does not train.
void expect_successive_draws(const std::string& set_name, const std::vector<int>& weights) {
  constexpr data::Item target = 3;
  constexpr int draws = 60'000;
  std::vector<data::Event> training;
  for (std::size_t i = 0; i < weights.size(); ++i)
    for (int n = 0; n < weights[i]; ++n) training.push_back({static_cast<data::Item>(i + 1), 1});
  const auto size = static_cast<std::int64_t>(training.size());
  TemporaryFolder folder;
  const auto data = data::dataset_of(folder.path() / "set", {{{target, 5}}, training},
                                     static_cast<std::int64_t>(weights.size()));
  const data::Split split{{{0, -1, 0}, {size, -1, -1}}};
  const auto set = contract::CandidateSet::parse(set_name, 1);
  const CandidateSampler sampler(data, split, set, ExcludeSeen::none);

  std::map<std::pair<data::Item, data::Item>, int> seen;
  const base::Stream streams(3, "candidates");
  for (int i = 0; i < draws; ++i) {
    const auto drawn = sampler.draw(0, 0, streams.at(i));
    ++seen[{drawn.at(0), drawn.at(1)}];
  }
  const auto weight = [&](std::size_t item) { return set.kind == Kind::popular ? weights[item - 1] : 1.0; };
  double total = 0;
  for (std::size_t item = 1; item <= weights.size(); ++item) total += item == target ? 0.0 : weight(item);
  double statistic = 0;
  int cells = 0;
  for (std::size_t a = 1; a <= weights.size(); ++a)
    for (std::size_t b = 1; b <= weights.size(); ++b) {
      const int count = seen[{static_cast<data::Item>(a), static_cast<data::Item>(b)}];
      const double expected = a == b || a == target || b == target
                                  ? 0.0
                                  : draws * weight(a) / total * weight(b) / (total - weight(a));
      if (expected == 0.0) {
        EXPECT_EQ(count, 0) << a << ", " << b;
        continue;
      }
      statistic += (count - expected) * (count - expected) / expected;
      ++cells;
    }
  EXPECT_LT(statistic, boost::math::quantile(boost::math::chi_squared(cells - 1), 0.999));
}

TEST(DrawDistribution, UniformIsUniformWhateverIsPopular) {
  expect_successive_draws("uniform:2", {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 1, 1, 30, 1, 1});
}
TEST(DrawDistribution, UniformIsUniformNearExhaustion) {
  expect_successive_draws("uniform:6", {1, 50, 3, 4, 0, 6, 7, 8});
}
TEST(DrawDistribution, PopularIsProportionalAndNeverDrawsUntrainedItems) {
  expect_successive_draws("popular:2", {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 10, 11, 12, 13, 14, 15, 16});
}
TEST(DrawDistribution, PopularIsProportionalNearExhaustion) {
  expect_successive_draws("popular:5", {1, 2, 3, 4, 0, 6, 7, 20});
  expect_successive_draws("popular:500", {1, 2, 3, 4, 0, 6, 7, 20});
}

/// Where items come in n successive draws without replacement, in proportion to weights: of each item the
/// probability of being the 1st, 2nd, .. nth. By all sets of items that may be gone, so few items and small
/// n.
std::vector<std::vector<double>> successive_probabilities(const std::vector<double>& weights, std::size_t n) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::map<std::uint32_t, double> gone{{0, 1.0}};  // of every set of drawn items, its probability
  std::vector<std::vector<double>> at(weights.size(), std::vector<double>(n, 0.0));
  for (std::size_t k = 0; k < n; ++k) {
    std::map<std::uint32_t, double> next;
    for (const auto& [set, probability] : gone) {
      double left = total;
      for (std::size_t i = 0; i < weights.size(); ++i)
        if (set >> i & 1) left -= weights[i];
      for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] == 0.0 || set >> i & 1) continue;
        at[i][k] += probability * weights[i] / left;
        next[set | std::uint32_t{1} << i] += probability * weights[i] / left;
      }
    }
    gone = std::move(next);
  }
  return at;
}

/// A catalogue with a few best-sellers and a long tail, drawn from for a user whose history holds some of
/// both.
class SkewedPool : public testing::Test {
 protected:
  static constexpr data::Item target = 2;
  static constexpr int draws = 40'000;

  std::vector<data::Event> training() const {
    std::vector<data::Event> events;
    for (std::size_t i = 0; i < counts_.size(); ++i)
      for (int n = 0; n < counts_[i]; ++n) events.push_back({static_cast<data::Item>(i + 1), 1});
    return events;
  }

  std::vector<data::Item> draw(const CandidateSampler& sampler, int i) const {
    return sampler.draw(0, 2, base::Stream(3, "candidates").at(i));
  }

  /// Every place of the list and the list as a whole against what docs/protocol.md says.
  void expect_successive_draws(std::int64_t n, ExcludeSeen exclude) const {
    const CandidateSampler sampler(data_, split_,
                                   contract::CandidateSet::parse("popular:" + std::to_string(n), 1), exclude);
    const auto left_out = sampler.excluded(0, 2);
    std::vector<double> weights(counts_.begin(), counts_.end());
    weights[target - 1] = 0.0;
    for (const auto item : left_out) weights[item - 1] = 0.0;
    const auto expected = successive_probabilities(weights, static_cast<std::size_t>(n));

    std::vector<std::vector<int>> seen(counts_.size(), std::vector<int>(n, 0));
    for (int i = 0; i < draws; ++i) {
      const auto drawn = draw(sampler, i);
      ASSERT_EQ(static_cast<std::int64_t>(drawn.size()), n);
      for (std::int64_t k = 0; k < n; ++k) ++seen[drawn[k] - 1][k];
    }
    for (std::int64_t k = 0; k < n; ++k) {
      double statistic = 0;
      int cells = 0;
      for (std::size_t i = 0; i < counts_.size(); ++i) {
        const double count = draws * expected[i][k];
        if (count == 0.0) {
          EXPECT_EQ(seen[i][k], 0) << "item " << i + 1;
          continue;
        }
        statistic += (seen[i][k] - count) * (seen[i][k] - count) / count;
        ++cells;
      }
      EXPECT_LT(statistic, boost::math::quantile(boost::math::chi_squared(cells - 1), 0.999))
          << "place " << k + 1 << " of " << n;
    }
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      const double inclusion = std::accumulate(expected[i].begin(), expected[i].end(), 0.0);
      const double deviation = std::sqrt(draws * inclusion * (1.0 - inclusion));
      const int included = std::accumulate(seen[i].begin(), seen[i].end(), 0);
      EXPECT_LE(std::abs(included - draws * inclusion), 4.5 * deviation + 1e-6) << "item " << i + 1;
    }
  }

  // Half of all training events are of one item, a tenth of the items has nine tenths of them.
  const std::vector<int> counts_{500, 250, 125, 60, 20, 8, 6, 5, 4, 3, 3, 2,
                                 2,   2,   2,   1,  1,  1, 1, 1, 1, 1, 0, 0};
  TemporaryFolder folder_;
  // User 0 has seen a best-seller and an item of the tail, none of which trains.
  data::Dataset data_ = data::dataset_of(folder_.path() / "set", {{{1, 1}, {20, 2}, {target, 5}}, training()},
                                         static_cast<std::int64_t>(counts_.size()));
  data::Split split_{{{0, -1, 2}, {static_cast<std::int64_t>(training().size()), -1, -1}}};
};

TEST_F(SkewedPool, IsDrawnOneAfterTheOtherInProportionToWhatIsLeft) {
  expect_successive_draws(1, ExcludeSeen::none);  // one after another
  expect_successive_draws(4, ExcludeSeen::none);
  expect_successive_draws(2, ExcludeSeen::history);  // and without the greatest
  expect_successive_draws(6, ExcludeSeen::none);     // by arrival times
  expect_successive_draws(6, ExcludeSeen::history);
}

TEST(DrawDistribution, RareItemsAreReachedAtOnceNearExhaustion) {
  TemporaryFolder folder;
  // One item has all but 60 of 500,060 training events; drawing one after the other would take millions of
  // attempts.
  std::vector<data::Event> training(500'000, {1, 1});
  for (data::Item item = 2; item <= 61; ++item) training.push_back({item, 1});
  const auto size = static_cast<std::int64_t>(training.size());
  const auto data = data::dataset_of(folder.path() / "set", {{{61, 5}}, training}, 70);
  const data::Split split{{{0, -1, 0}, {size, -1, -1}}};
  const CandidateSampler sampler(data, split, contract::CandidateSet::parse("popular:59", 1),
                                 ExcludeSeen::none);
  const auto drawn = sampler.draw(0, 0, base::Stream(1, "candidates"));
  EXPECT_EQ(std::set<data::Item>(drawn.begin(), drawn.end()).size(), 59u);
  EXPECT_EQ(drawn.front(), 1);
}

TEST(DrawDistribution, NothingTrainedGivesNoPopularItem) {
  TemporaryFolder folder;
  const auto data = data::dataset_of(folder.path() / "set", {{{1, 1}}}, 30);
  const data::Split split{{{0, -1, 0}}};
  const CandidateSampler sampler(data, split, contract::CandidateSet::parse("popular:2", 1),
                                 ExcludeSeen::none);
  EXPECT_THAT(sampler.draw(0, 0, base::Stream(1, "candidates")), IsEmpty());
}

}  // namespace
}  // namespace pebench::examiner
