// protocol.shuffle_history: what changes places, and what does not.

#include <gmock/gmock.h>

#include <algorithm>
#include <map>

#include "host/worker/train/rows.h"
#include "tests/unit/data/raw_data.h"

namespace pebench::train {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAreArray;

using Items = std::vector<std::int64_t>;

class ShuffledHistory : public testing::Test {
 protected:
  // Items 1 .. 9 in order; times 10, 10, 10, 20, 30, 30, 40, 50, 60 days.
  ShuffledHistory()
      : data_(data::dataset_of(folder_.path() / "set", {history(), history()}, 9)),
        split_(data::leave_one_out(data_)) {
    settings_.model.max_len = 5;
    settings_.protocol.candidates = {"full"};
    settings_.train.objective = "softmax";
  }

  static std::vector<data::Event> history() {
    std::vector<data::Event> events;
    const std::vector<std::int64_t> days = {10, 10, 10, 20, 30, 30, 40, 50, 60};
    for (std::size_t i = 0; i < days.size(); ++i)
      events.push_back({static_cast<data::Item>(i + 1), days[i] * 86400});
    return events;
  }
  RowMaker rows(const std::string& shuffle, const std::string& attention = "causal",
                std::int64_t max_len = 5) {
    settings_.protocol.shuffle_history = shuffle;
    settings_.protocol.attention = attention;
    settings_.model.max_len = max_len;
    return RowMaker(data_, split_, settings_);
  }

  TemporaryFolder folder_;
  const data::Dataset data_;
  const data::Split split_;
  contract::Settings settings_;
  const RowMaker::Streams streams_{{1, "negatives"}, {1, "prefixes"}, {1, "masks"}, {1, "shuffles"}};
};

TEST_F(ShuffledHistory, ChangesThePlacesOfItemsOfTheWindowAndNothingElse) {
  const auto plain = rows("none").training(0, streams_, 0);
  EXPECT_THAT(plain.profile.items, ElementsAre(2, 3, 4, 5, 6));
  EXPECT_THAT(plain.targets.items, ElementsAre(3, 4, 5, 6, 7));
  const auto shuffling = rows("profile");
  int changed = 0;
  for (int epoch = 0; epoch < 20; ++epoch) {
    const auto row = shuffling.training(0, streams_, epoch);
    EXPECT_THAT(row.profile.items, UnorderedElementsAreArray(plain.profile.items));
    Items next(row.profile.items.begin() + 1, row.profile.items.end());
    next.push_back(7);
    EXPECT_EQ(row.targets.items, next) << "no event is its own target; the newest stays";
    EXPECT_EQ(row.profile.times, plain.profile.times);
    EXPECT_EQ(row.targets.times, plain.targets.times);
    EXPECT_EQ(row.profile.context, plain.profile.context);
    changed += row.profile.items != plain.profile.items;
  }
  EXPECT_GT(changed, 15) << "each epoch draws anew";
  EXPECT_EQ(shuffling.training(0, streams_, 3).profile.items,
            shuffling.training(0, streams_, 3).profile.items);
}

TEST_F(ShuffledHistory, DrawsEveryOrderAlikeAndEveryUserItsOwn) {
  const auto shuffling = rows("profile", "causal", 3);
  std::map<Items, int> orders;
  int differ = 0;
  for (int epoch = 0; epoch < 3000; ++epoch) {
    const auto items = shuffling.training(0, streams_, epoch).profile.items;
    ++orders[items];
    differ += items != shuffling.training(1, streams_, epoch).profile.items;
  }
  EXPECT_EQ(orders.size(), 6u);
  for (const auto& [items, count] : orders) EXPECT_NEAR(count, 500, 110);  // five standard deviations
  EXPECT_NEAR(differ, 2500, 110);
}

TEST_F(ShuffledHistory, TiesAreWhatHappenedInOneSecond) {
  const auto shuffling = rows("ties", "causal", 7);
  std::map<Items, int> first_three, last_two;
  for (int epoch = 0; epoch < 200; ++epoch) {
    const auto items = shuffling.training(0, streams_, epoch).profile.items;
    ASSERT_EQ(items.size(), 6u);
    EXPECT_EQ(items[3], 4);
    ++first_three[{items.begin(), items.begin() + 3}];
    ++last_two[{items.begin() + 4, items.end()}];
  }
  EXPECT_EQ(first_three.size(), 6u);
  EXPECT_THAT(last_two,
              ElementsAre(testing::Pair(Items{5, 6}, testing::_), testing::Pair(Items{6, 5}, testing::_)));
}

TEST_F(ShuffledHistory, APrefixKeepsItsTarget) {
  const auto plain = rows("none", "prefix");
  const auto shuffling = rows("profile", "prefix");
  for (int epoch = 0; epoch < 20; ++epoch) {
    const auto before = plain.training(0, streams_, epoch), after = shuffling.training(0, streams_, epoch);
    EXPECT_EQ(after.targets.items, before.targets.items);
    EXPECT_THAT(after.profile.items, UnorderedElementsAreArray(before.profile.items));
  }
}

TEST_F(ShuffledHistory, MaskedTrainingKeepsTheNewestEvent) {
  settings_.model.backbone = "bert4rec";
  settings_.train.mask_last = 1.0;
  const auto shuffling = rows("profile", "masked");
  int changed = 0;
  for (int epoch = 0; epoch < 20; ++epoch) {
    const auto row = shuffling.training(0, streams_, epoch);
    EXPECT_THAT(row.targets.items, ElementsAre(0, 0, 0, 0, 7));
    const Items shown(row.profile.items.begin(), row.profile.items.end() - 1);
    EXPECT_THAT(shown, UnorderedElementsAreArray({3, 4, 5, 6}));
    changed += shown != Items{3, 4, 5, 6};
  }
  EXPECT_GT(changed, 10);
}

TEST_F(ShuffledHistory, IsFrozenInEvaluation) {
  const auto plain = rows("none").evaluation(0, 8);
  const auto shuffled = rows("profile").evaluation(0, 8);
  EXPECT_THAT(plain.profile.items, ElementsAre(4, 5, 6, 7, 8));
  EXPECT_THAT(shuffled.profile.items, UnorderedElementsAreArray(plain.profile.items));
  EXPECT_NE(shuffled.profile.items, plain.profile.items);
  EXPECT_EQ(shuffled.profile.times, plain.profile.times);
  EXPECT_EQ(shuffled.time, plain.time);
  settings_.train.lr = 0.5;
  EXPECT_EQ(rows("profile").evaluation(0, 8).profile.items, shuffled.profile.items);
  std::map<Items, int> of_users = {{shuffled.profile.items, 1}};
  ++of_users[rows("profile").evaluation(1, 8).profile.items];
  EXPECT_EQ(of_users.size(), 2u) << "each user has an order of its own";
  EXPECT_THAT(rows("ties", "causal", 3).evaluation(0, 8).profile.items, ElementsAre(6, 7, 8))
      << "no ties here";
}

}  // namespace
}  // namespace pebench::train
