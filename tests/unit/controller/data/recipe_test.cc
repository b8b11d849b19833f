#include "host/controller/data/recipe.h"

#include <gmock/gmock.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "host/controller/data/subset.h"
#include "host/controller/data/time_range.h"
#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Columns of "user item time" a word each, users and items numbered by first appearance, each user's events
/// together and in order.
Columns columns_of(const std::string& text) {
  std::vector<std::string> users, items;
  std::vector<std::vector<Event>> histories;
  const auto number = [](std::vector<std::string>& names, const std::string& name) {
    const auto place = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    if (place == names.size()) names.push_back(name);
    return place;
  };
  std::istringstream in(text);
  std::string user, item;
  for (std::int64_t time = 0; in >> user >> item >> time;) {
    const std::size_t place = number(users, user);
    histories.resize(users.size());
    histories[place].push_back({static_cast<Item>(number(items, item) + 1), time});
  }
  Columns columns;
  columns.user_ids = users;
  columns.item_ids = items;
  columns.offsets = {0};
  for (const auto& history : histories) {
    for (const Event& event : history) {
      columns.items.push_back(event.item);
      columns.times.push_back(event.time);
    }
    columns.offsets.push_back(static_cast<std::int64_t>(columns.items.size()));
  }
  return columns;
}

/// "user: item@time item@time, ..."
std::string text_of(const Columns& columns) {
  std::string text;
  for (std::size_t user = 0; user < columns.user_ids.size(); ++user) {
    text += (text.empty() ? "" : ", ") + columns.user_ids[user] + ":";
    for (std::int64_t e = columns.offsets[user]; e < columns.offsets[user + 1]; ++e)
      text += " " + columns.item_ids.at(static_cast<std::size_t>(columns.items[e]) - 1) + "@" +
              std::to_string(columns.times[e]);
  }
  return text;
}

std::string kept(const std::string& text, const Recipe& recipe) {
  return text_of(cook(columns_of(text), recipe).columns);
}

Recipe core(std::int64_t users, std::int64_t items, bool iterative) {
  Recipe recipe;
  recipe.core = {users, items, iterative};
  return recipe;
}

// c has two events, but one of them is of an item that only c met; without it c has one, and then y has one.
const std::string chain = "a x 1 a y 2 b x 3 b y 4 c z 5 c w 6 d w 7 d x 8";

TEST(Recipe, OnceCountsBeforeAnythingIsLeftOut) {
  EXPECT_EQ(kept(chain, core(2, 2, false)), "a: x@1 y@2, b: x@3 y@4, c: w@6, d: w@7 x@8");
}

TEST(Recipe, TheIterativeCoreGoesOnUntilNobodyIsBelow) {
  EXPECT_EQ(kept(chain, core(2, 2, true)), "a: x@1 y@2, b: x@3 y@4");
}

TEST(Recipe, UsersAndItemsAreAskedApart) {
  EXPECT_EQ(kept("a x 1 a y 2 b x 3", core(2, 0, true)), "a: x@1 y@2");
  EXPECT_EQ(kept("a x 1 a y 2 b x 3", core(0, 2, true)), "a: x@1, b: x@3");
  EXPECT_EQ(kept("a x 1 a y 2 b x 3", core(0, 2, false)), "a: x@1, b: x@3");
}

/// The definition, round by round.
Columns naive_core(Columns columns, std::int64_t k) {
  for (;;) {
    Recipe round = core(k, k, false);
    const std::size_t before = columns.items.size();
    columns = cook(std::move(columns), round).columns;
    if (columns.items.size() == before) return columns;
  }
}

TEST(Recipe, TheIterativeCoreIsWhatRoundsComeTo) {
  const TemporaryFolder folder;
  dataset_of(folder.path() / "set", random_histories(7, 60, 120), 120);
  for (const std::int64_t k : {2, 5, 8})
    EXPECT_EQ(text_of(cook(read_columns(folder.path() / "set"), core(k, k, true)).columns),
              text_of(naive_core(read_columns(folder.path() / "set"), k)))
        << k;
}

TEST(Recipe, RawCountsComeBeforeAllOtherSteps) {
  Recipe raw, once;
  raw.raw_core = {2, 0, false};
  once.core = {2, 0, false};
  raw.range.from = once.range.from = 2;
  // Two of a's events are there in the file, one after the range.
  EXPECT_EQ(kept("a x 1 a y 2 b x 3 c x 4 c x 5", raw), "a: y@2, c: x@4 x@5");
  EXPECT_EQ(kept("a x 1 a y 2 b x 3 c x 4 c x 5", once), "c: x@4 x@5");
}

TEST(Recipe, BothEndsOfARangeBelongToIt) {
  Recipe recipe;
  recipe.range = {2, 3};
  EXPECT_EQ(kept("a w 1 a x 2 a y 3 a z 4", recipe), "a: x@2 y@3");
  EXPECT_EQ(first_second("2014-01-01", "--from"), 1388534400);
  EXPECT_EQ(last_second("2014-01-01", "--to"), 1388534400 + 86399);
  EXPECT_EQ(last_second("2014-01-01T00:00:10", "--to"), 1388534410);
  EXPECT_EQ(first_second("2014-01-01T02:00:00+02:00", "--from"), 1388534400);
  for (const char* bad : {"2014", "2014-02-30", "yesterday", ""})
    EXPECT_THAT(refusal([&] { first_second(bad, "--from"); }),
                AllOf(HasSubstr("--from"), HasSubstr("2014-01-31")));
}

TEST(Recipe, ADuplicateHasUserItemAndSecond) {
  Recipe recipe;
  recipe.no_duplicates = true;
  EXPECT_EQ(kept("a x 1 a y 1 a x 1 a x 2 b x 1", recipe), "a: x@1 y@1 x@2, b: x@1");
}

TEST(Recipe, ARepeatFollowsItself) {
  Recipe recipe;
  recipe.no_repeats = true;
  EXPECT_EQ(kept("a x 1 a x 2 a y 3 a x 4 a x 4 b x 5", recipe), "a: x@1 y@3 x@4, b: x@5");
}

TEST(Recipe, FirstUsersAndItems) {
  Recipe recipe;
  recipe.items = Sample{2};
  recipe.users = Sample{1};
  EXPECT_EQ(kept("a z 1 b x 2 b y 3 c z 4", recipe), "a: z@1");
  recipe.users = Sample{2};
  EXPECT_EQ(kept("a z 1 b x 2 b y 3 c z 4", recipe), "a: z@1, b: x@2");
}

TEST(Recipe, ARandomSampleIsThatOfItsSeed) {
  const TemporaryFolder folder;
  dataset_of(folder.path() / "set", random_histories(3, 50, 40), 40);
  const Columns whole = read_columns(folder.path() / "set");
  const auto sampled = [&](std::uint64_t seed) {
    Recipe recipe;
    recipe.users = Sample{10, true, seed};
    recipe.items = Sample{20, true, seed};
    return cook(whole, recipe).columns;
  };
  EXPECT_EQ(sampled(1).user_ids.size(), 10u);
  EXPECT_LE(sampled(1).item_ids.size(), 20u);
  EXPECT_EQ(text_of(sampled(1)), text_of(sampled(1)));
  EXPECT_NE(text_of(sampled(1)), text_of(sampled(2)));

  Recipe users;
  users.users = Sample{10, true, 0};
  EXPECT_EQ(cook(whole, users).columns.user_ids, subset(folder.path() / "set", 10).user_ids);
}

/// With a rating for each event, in the order of users.
Columns rated(const std::string& text, std::vector<float> ratings) {
  Columns columns = columns_of(text);
  EventColumn column;
  column.field = {"rating", false, 1};
  column.values = std::move(ratings);
  columns.event_fields.push_back(column);
  return columns;
}

TEST(Recipe, TheLeastRatingBelongsToIt) {
  Recipe recipe;
  recipe.min_rating = 3.5;
  const Columns columns = rated("a x 1 a y 2 b x 3 b z 4", {3.5f, 3, std::nanf(""), 5});
  const auto cooked = cook(columns, recipe);
  EXPECT_EQ(text_of(cooked.columns), "a: x@1, b: z@4");
  EXPECT_EQ(cooked.columns.event_fields.at(0).values, (std::vector<float>{3.5f, 5}));
  EXPECT_EQ(cooked.steps[0].at("dropped").at("reasons"),
            nlohmann::json({{"the rating is below 3.5", 1}, {"the rating is not known", 1}}));
  EXPECT_THAT(refusal([&] { cook(columns_of("a x 1"), recipe); }),
              AllOf(HasSubstr("no rating"), HasSubstr("rating=NAME")));
}

TEST(Recipe, EventsKeepTheirFeatures) {
  Columns columns = rated("a x 1 a y 2 b x 3", {1, 2, 3});
  EventColumn words;
  words.field = {"place", true, 3};
  words.vocabulary = {"home", "work", "shop"};
  words.ids = {2, -1, 1};
  columns.event_fields.push_back(words);
  const auto cooked = cook(columns, core(2, 0, true));
  EXPECT_EQ(cooked.columns.event_fields.at(0).values, (std::vector<float>{1, 2}));
  EXPECT_EQ(cooked.columns.event_fields.at(1).ids, (std::vector<std::int32_t>{0, -1}));
  EXPECT_EQ(cooked.columns.event_fields.at(1).vocabulary, (std::vector<std::string>{"shop"}));
  EXPECT_EQ(cooked.columns.event_fields.at(1).field.width, 1);
}

TEST(Recipe, EveryDroppedEventIsCountedWithItsReason) {
  Recipe recipe = core(2, 2, true);
  recipe.range.to = 7;
  std::vector<std::string> rows;
  const auto cooked = cook(columns_of(chain), recipe, [&](const DroppedEvent& event) {
    rows.push_back(std::string(event.user) + " " + std::string(event.item) + " " +
                   std::to_string(event.time) + " " + std::string(event.step) + " " +
                   std::string(event.reason));
  });
  EXPECT_THAT(
      rows, ElementsAre("d x 8 time after 1970-01-01 00:00:07", "c z 5 core the item has fewer than 2 events",
                        "c w 6 core the item has fewer than 2 events",
                        "d w 7 core the user has fewer than 2 events"));
  ASSERT_EQ(cooked.steps.size(), 2u);
  const auto& step = cooked.steps[1];
  EXPECT_EQ(step.at("step"), "core");
  EXPECT_EQ(step.at("parameters"),
            nlohmann::json({{"user_events", 2}, {"item_events", 2}, {"counting", "iterative"}}));
  EXPECT_EQ(
      step.at("dropped"),
      nlohmann::json(
          {{"events", 3},
           {"users", 2},
           {"items", 2},
           {"reasons", {{"the user has fewer than 2 events", 1}, {"the item has fewer than 2 events", 2}}}}));
  EXPECT_EQ(step.at("left"), nlohmann::json({{"events", 4}, {"users", 2}, {"items", 2}}));
  EXPECT_THAT(cooked.notes, ElementsAre(HasSubstr("1 events: after 1970-01-01 00:00:07"),
                                        AllOf(HasSubstr("counting iterative"),
                                              HasSubstr("1 events: the user has fewer than 2"),
                                              HasSubstr("left are 2 users, 2 items, 4 events"))));
}

TEST(Recipe, RefusesWhatLeavesNothingOrIsNotThere) {
  EXPECT_THAT(refusal([] { kept(chain, core(9, 0, true)); }),
              AllOf(HasSubstr("core"), HasSubstr("leaves nothing of 8 events"), HasSubstr("fewer events")));
  Recipe many;
  many.users = Sample{5};
  EXPECT_THAT(refusal([&] { kept(chain, many); }), HasSubstr("5 users are asked for, and there are 4"));
}

class Filter : public RawData {
 protected:
  std::filesystem::path shop() {
    import(header + "a\tx\t1\na\ty\t2\nb\tx\t3\nb\ty\t4\nc\tz\t5\n",
           "{\"item\": \"z\", \"brand\": \"Z\", \"size\": 3.5, \"only\": \"z\"}\n"
           "{\"item\": \"y\", \"brand\": \"Y\", \"size\": 2.5}\n{\"item\": \"x\", \"brand\": \"X\"}\n");
    return out();
  }
  nlohmann::json source(const std::filesystem::path& folder) const {
    return nlohmann::json::parse(text(folder / file::meta)).at("source");
  }
  std::string text(const std::filesystem::path& path) const {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

TEST_F(Filter, IsWhatAnImportWithTheRecipeGives) {
  const auto whole = shop();
  const auto filtered = out("filtered"), imported = out("imported"), report = folder_.path() / "left out.csv";
  filter(whole, filtered, {LineOrder::keep, core(2, 2, true), report, {}});
  import_files(own_files({folder_.path() / "raw/interactions.tsv", folder_.path() / "raw/items.jsonl"}), {},
               imported, {LineOrder::keep, core(2, 2, true), {}, {}});
  const auto data = Dataset::open(filtered, {"brand", "size"});
  EXPECT_EQ(data.hash(), Dataset::open(imported, {"brand", "size"}).hash());
  EXPECT_EQ(data.users(), 2);
  EXPECT_EQ(data.items(), 2);
  ASSERT_EQ(data.fields().size(), 2u) << "no item has 'only' any more";
  EXPECT_EQ(data.fields()[0].width, 2) << "nor the brand of z";
  EXPECT_EQ(numbers(data, 0), (std::vector<float>{0, 0, 2.5f}));
  EXPECT_EQ(text(report), "user,item,timestamp,step,reason\nc,z,5,core,the user has fewer than 2 events\n");
  EXPECT_EQ(source(filtered).at("recipe"), source(imported).at("recipe"));
  EXPECT_EQ(source(filtered).at("filtered").at("source"), source(whole));
}

TEST_F(Filter, RefusesAndLeavesNothing) {
  const auto whole = shop();
  const auto report = folder_.path() / "report.csv";
  const auto refused = [&](const Recipe& recipe, const std::filesystem::path& of) {
    const auto message = refusal([&] { filter(of, out("part"), {LineOrder::keep, recipe, report, {}}); });
    EXPECT_FALSE(std::filesystem::exists(out("part")));
    EXPECT_FALSE(std::filesystem::exists(report));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 2) << "raw and out";
    return message;
  };
  EXPECT_THAT(refused({}, whole), HasSubstr("nothing to do"));
  EXPECT_THAT(refused(core(4, 0, true), whole), HasSubstr("leaves nothing"));
  EXPECT_THAT(refusal([&] {
                filter(whole, whole, {LineOrder::keep, core(2, 0, true), {}, {}});
              }),
              HasSubstr("exists already"));
  filter(whole, out("first"), {LineOrder::keep, core(2, 0, true), {}, {}});
  Recipe raw;
  raw.raw_core = {1, 2, false};
  EXPECT_THAT(refused(raw, out("first")), AllOf(HasSubstr("--core raw"), HasSubstr("raw files")));
  write_file(report, "mine");
  EXPECT_THAT(refusal([&] {
                filter(whole, out("part"), {LineOrder::keep, core(2, 0, true), report, {}});
              }),
              HasSubstr("exists already"));
  EXPECT_EQ(text(report), "mine");
  EXPECT_FALSE(std::filesystem::exists(out("part")));
}

}  // namespace
}  // namespace pebench::data
