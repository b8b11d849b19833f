#include "host/controller/data/subset.h"

#include <gmock/gmock.h>

#include "host/controller/data/catalogue.h"
#include "tests/unit/data/raw_data.h"
#include "tests/unit/support/environment.h"

namespace pebench::data {
namespace {

using ::testing::HasSubstr;

/// Users u0 .. u99 of three events; u<i> meets items a<i>, b<i / 2> and c.
class Subset : public RawData {
 protected:
  std::filesystem::path whole() {
    std::string events = header;
    std::string rows;
    for (int i = 0; i < 100; ++i) {
      const auto number = std::to_string(i), half = std::to_string(i / 2);
      events += "u" + number + "\ta" + number + "\t" + std::to_string(3 * i) + "\n";
      events += "u" + number + "\tb" + half + "\t" + std::to_string(3 * i + 1) + "\n";
      events += "u" + number + "\tc\t" + std::to_string(3 * i + 2) + "\n";
      rows += "{\"item\": \"a" + number + "\", \"brand\": \"brand of a" + number + "\", \"size\": [" +
              number + ", 0.5]}\n";
    }
    import(events, rows);
    return out();
  }
};

std::vector<std::string> item_ids(const Dataset& data, const History& history) {
  std::vector<std::string> ids;
  for (Item item : history.items) ids.emplace_back(data.item_id(item));
  return ids;
}

TEST_F(Subset, KeepsAllEventsOfTheUsersItTakes) {
  const auto folder = whole();
  const auto small = folder_.path() / "small";
  ASSERT_TRUE(write_columns(small, subset(folder, 40), {}));
  const auto data = Dataset::open(small, {"brand", "size"});
  ASSERT_EQ(data.users(), 40);
  EXPECT_EQ(data.events(), 120);
  std::vector<std::string> brands;
  for (std::ifstream lines(small / "field.brand.vocabulary.txt"); lines;)
    if (std::string line; std::getline(lines, line)) brands.push_back(line);
  int last = -1;
  for (User user = 0; user < 40; ++user) {
    const std::string number(data.user_id(user).substr(1));
    const int index = std::stoi(number);
    EXPECT_GT(index, last) << "the order of the whole set";
    last = index;
    const auto history = data.history(user);
    EXPECT_THAT(item_ids(data, history),
                testing::ElementsAre("a" + number, "b" + std::to_string(index / 2), "c"));
    EXPECT_EQ(history.times[0], 3 * index);
    const Item item = history.items[0];
    ASSERT_EQ(data.sparse().offsets[item + 1] - data.sparse().offsets[item], 1);
    EXPECT_EQ(brands.at(data.sparse().ids[data.sparse().offsets[item]]), "brand of a" + number);
    EXPECT_EQ(numbers(data, 0)[item * 2], static_cast<float>(index));
    EXPECT_EQ(numbers(data, 0)[item * 2 + 1], 0.5f);
    const Item common = history.items[2];
    EXPECT_EQ(data.sparse().offsets[common + 1], data.sparse().offsets[common]);
  }
}

TEST_F(Subset, HasTheItemsOfItsUsersOnly) {
  const auto folder = whole();
  const Columns columns = subset(folder, 10);
  EXPECT_EQ(columns.items.size(), 30u);
  std::vector<Item> met = columns.items;
  std::sort(met.begin(), met.end());
  met.erase(std::unique(met.begin(), met.end()), met.end());
  EXPECT_EQ(met.size(), columns.item_ids.size());
  EXPECT_EQ(met.front(), 1);
  EXPECT_EQ(met.back(), static_cast<Item>(columns.item_ids.size()));
}

TEST_F(Subset, IsARandomSampleAndAlwaysTheSame) {
  const auto folder = whole();
  const auto users = subset(folder, 10).user_ids;
  EXPECT_EQ(users, subset(folder, 10).user_ids);
  std::vector<std::string> first_ten;
  for (int i = 0; i < 10; ++i) first_ten.push_back("u" + std::to_string(i));
  EXPECT_NE(users, first_ten);
}

TEST_F(Subset, RefusesMoreUsersThanThereAre) {
  const auto folder = whole();
  EXPECT_THAT(refusal([&] { subset(folder, 100); }), HasSubstr("users = 100 is no subset of its 100 users"));
  EXPECT_EQ(subset(folder, 99).user_ids.size(), 99u);
}

TEST_F(Subset, IsCachedByContent) {
  const EnvironmentVariable cache("PEBENCH_CACHE", (folder_.path() / "cache").string());
  const auto folder = whole();
  const auto ten = reduced(folder, 10);
  EXPECT_EQ(ten.parent_path(), folder_.path() / "cache/data");
  EXPECT_EQ(reduced(folder, 10), ten);
  EXPECT_NE(reduced(folder, 11), ten);
  EXPECT_EQ(Dataset::open(ten, {}).users(), 10);
}

}  // namespace
}  // namespace pebench::data
