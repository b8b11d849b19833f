#include "host/controller/data/import.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <thread>

#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

template <class T>
std::vector<std::remove_const_t<T>> vector(base::Span<T> span) {
  return {span.begin(), span.end()};
}

class Import : public RawData {
 protected:
  /// The refusal, after a look that nothing was left in the folder where the data set should have gone.
  std::string refused(const std::string& events, const std::optional<std::string>& rows = std::nullopt) {
    std::filesystem::create_directories(out().parent_path());
    const auto files = interactions(events);
    const auto item_file = rows ? std::optional(items(*rows)) : std::nullopt;
    auto message = refusal([&] { import_files(own_files({files, item_file}), {}, out()); });
    EXPECT_TRUE(std::filesystem::is_empty(out().parent_path())) << message;
    return message;
  }
};

TEST_F(Import, NumbersByFirstAppearanceAndSortsEachUserStably) {
  const auto data = import(header +
                           "zoe\tpen\t300\n"
                           "abe\tink\t50\n"
                           "zoe\tcup\t100\n"
                           "zoe\tink\t300\n"
                           "abe\tpen\t-7\n"
                           "zoe\tpen\t100\n");
  ASSERT_EQ(data.users(), 2);
  ASSERT_EQ(data.items(), 3);
  EXPECT_EQ(data.events(), 6);
  EXPECT_EQ(data.user_id(0), "zoe");
  EXPECT_EQ(data.user_id(1), "abe");
  EXPECT_EQ(data.item_id(1), "pen");
  EXPECT_EQ(data.item_id(2), "ink");
  EXPECT_EQ(data.item_id(3), "cup");
  EXPECT_THAT(vector(data.history(0).items), ElementsAre(3, 1, 1, 2));
  EXPECT_THAT(vector(data.history(0).times), ElementsAre(100, 100, 300, 300));
  EXPECT_THAT(vector(data.history(1).items), ElementsAre(1, 2));
  EXPECT_THAT(vector(data.history(1).times), ElementsAre(-7, 50));
  EXPECT_EQ(data.first_time(), -7);
  EXPECT_EQ(data.last_time(), 300);
}

TEST_F(Import, TheOrderOfLinesMayBeIgnored) {
  const std::vector<std::string> events = {"zoe\tpen\t300\n", "abe\tink\t50\n", "zoe\tcup\t300\n",
                                           "zoe\tink\t300\n", "abe\tpen\t-7\n", "abe\tcup\t50\n",
                                           "kim\tcup\t1\n",   "kim\tpen\t1\n"};
  const std::vector<std::string> rows = {R"({"item":"pen","tags":["b","a"],"price":2.5})",
                                         R"({"item":"ink","tags":["c"],"price":1.5})"};
  const auto imported = [&](bool forwards, LineOrder line_order, const std::string& name) {
    auto lines = events;
    auto attributes = rows;
    if (!forwards) {
      std::reverse(lines.begin(), lines.end());
      std::reverse(attributes.begin(), attributes.end());
    }
    std::string text = header, items_text;
    for (const std::string& line : lines) text += line;
    for (const std::string& row : attributes) items_text += row + "\n";
    const auto folder = out().parent_path() / name;
    import_files(own_files({interactions(text), items(items_text)}), {}, folder, {line_order, {}, {}, {}});
    return Dataset::open(folder, {"tags", "price"});
  };
  const auto forwards = imported(true, LineOrder::ignore, "f"),
             backwards = imported(false, LineOrder::ignore, "b");
  EXPECT_EQ(forwards.hash(), backwards.hash());
  EXPECT_NE(imported(true, LineOrder::keep, "fk").hash(), imported(false, LineOrder::keep, "bk").hash());
  // Nothing but the order has changed.
  ASSERT_EQ(forwards.users(), 3);
  EXPECT_EQ(forwards.user_id(2), "zoe");
  std::multiset<std::string> of_zoe;
  for (const Item item : forwards.history(2).items) of_zoe.emplace(forwards.item_id(item));
  EXPECT_THAT(of_zoe, ElementsAre("cup", "ink", "pen"));
  EXPECT_THAT(vector(forwards.history(0).times), ElementsAre(-7, 50, 50));
  EXPECT_EQ(forwards.item_id(3), "pen");
  const auto& tags = forwards.sparse();
  EXPECT_THAT(
      std::vector<std::int32_t>(tags.ids.begin() + tags.offsets[3], tags.ids.begin() + tags.offsets[4]),
      ElementsAre(0, 1));
  EXPECT_EQ(numbers(forwards, 0), (std::vector<float>{0, 0, 1.5f, 2.5f}));
}

TEST_F(Import, TiesThatAreIgnoredAreShuffled) {
  // 400 users with the same two events in one second: which is the last is even for each.
  std::string text = header;
  for (int i = 0; i < 400; ++i) {
    const std::string user = "u" + std::to_string(i);
    text += user + "\tpen\t1\n" + user + "\tcup\t1\n";
  }
  import_files(own_files({interactions(text), std::nullopt}), {}, out(), {LineOrder::ignore, {}, {}, {}});
  const auto data = Dataset::open(out(), {});
  int pens = 0;
  for (User user = 0; user < data.users(); ++user) pens += data.item_id(data.history(user).items[1]) == "pen";
  EXPECT_NEAR(pens, 200, 50);
}

TEST_F(Import, ManyTiesKeepTheOrderOfTheFile) {
  std::string text = header;
  for (int i = 0; i < 500; ++i) text += "u\ti" + std::to_string(i) + "\t" + std::to_string(i % 2) + "\n";
  const auto data = import(text);
  const auto history = data.history(0);
  for (int i = 0; i < 250; ++i) {
    EXPECT_EQ(history.items[i], 2 * i + 1);
    EXPECT_EQ(history.items[250 + i], 2 * i + 2);
  }
}

TEST_F(Import, TakesGzipCarriageReturnsAndAMissingLastLineBreakAlike) {
  const std::string text = header + "a\tx\t1\nb\ty\t2\n";
  const std::string rows = "{\"item\": \"x\", \"brand\": \"A\"}\n";
  const auto plain = import(text, rows, {"brand"}, "plain").hash();
  EXPECT_EQ(import(gzip(text), gzip(rows), {"brand"}, "gzip").hash(), plain);
  EXPECT_EQ(import("user\titem\ttimestamp\r\na\tx\t1\r\nb\ty\t2\r\n",
                   "{\"item\": \"x\", \"brand\": \"A\"}\r\n", {"brand"}, "crlf")
                .hash(),
            plain);
  EXPECT_EQ(import(text.substr(0, text.size() - 1), rows.substr(0, rows.size() - 1), {"brand"}, "cut").hash(),
            plain);
  EXPECT_EQ(import(gzip(header) + gzip("a\tx\t1\nb\ty\t2\n"), rows, {"brand"}, "members").hash(), plain);
}

TEST_F(Import, TakesAFolderWithASlashAtItsEnd) {
  import_files(own_files({interactions(header + "a\tx\t1\n"), std::nullopt}), {}, out().string() + "/");
  EXPECT_EQ(Dataset::open(out(), {}).events(), 1);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(out().parent_path()), {}), 1);
}

TEST_F(Import, RefusesAnExistingFolderAndLeavesItAlone) {
  const auto kept = write_file(out() / "mine.txt", "text");
  const auto message = refusal([&] { import(header + "a\tx\t1\n"); });
  EXPECT_THAT(message, AllOf(HasSubstr(out().string()), HasSubstr("remove it or name another")));
  EXPECT_TRUE(std::filesystem::exists(kept));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(out().parent_path()), {}), 1);
}

TEST_F(Import, RefusesAMissingFile) {
  std::filesystem::create_directories(out().parent_path());
  const auto message = refusal([&] {
    import_files(own_files({folder_.path() / "none.tsv", std::nullopt}), {}, out());
  });
  EXPECT_THAT(message, AllOf(HasSubstr("none.tsv"), HasSubstr("check that")));
  EXPECT_TRUE(std::filesystem::is_empty(out().parent_path()));
}

struct Malformed {
  const char* name;
  std::string lines;  ///< after the header
  const char* place;
  const char* value;  ///< what the message must show
  const char* remedy;
};
std::string name_of(const testing::TestParamInfo<Malformed>& info) { return info.param.name; }

class MalformedEvent : public Import, public testing::WithParamInterface<Malformed> {};

TEST_P(MalformedEvent, IsRefusedWithPlaceValueAndRemedy) {
  const auto& bad = GetParam();
  const auto message = refused(header + bad.lines);
  EXPECT_THAT(message, AllOf(HasSubstr((folder_.path() / "raw" / "interactions.tsv").string() + bad.place),
                             HasSubstr(bad.value), HasSubstr(bad.remedy)));
}

INSTANTIATE_TEST_SUITE_P(
    Lines, MalformedEvent,
    testing::Values(
        Malformed{"TwoColumns", "a\tx\t1\na\tx\n", ":3: ", "found 2", "expected 3 columns"},
        Malformed{"FourColumns", "a\tx\t1\t5\n", ":2: ", "found 4", "expected 3 columns"},
        Malformed{"Commas", "a,x,1\n", ":2: ", "found 1", "expected 3 columns"},
        Malformed{"EmptyLine", "a\tx\t1\n\na\tx\t1\n", ":3: ", "empty", "remove it"},
        Malformed{"EmptyUser", "\tx\t1\n", ":2: ", "the user is empty", "both a user and an item"},
        Malformed{"EmptyItem", "a\t\t1\n", ":2: ", "the item is empty", "both a user and an item"},
        Malformed{"Word", "a\tx\tnoon\n", ":2: ", "'noon'", "write unix time"},
        Malformed{"Blank", "a\tx\t 1\n", ":2: ", "' 1'", "write unix time"},
        Malformed{"EmptyTime", "a\tx\t\n", ":2: ", "''", "write unix time"},
        Malformed{"Microseconds", "a\tx\t1318896000000000\n", ":2: ", "1318896000000000", "--time-unit"},
        Malformed{"TooEarly", "a\tx\t-17987443201\n", ":2: ", "-17987443201",
                  "outside the years 1400 to 9999"},
        Malformed{"TooLate", "a\tx\t253402300800\n", ":2: ", "253402300800",
                  "outside the years 1400 to 9999"},
        Malformed{"BeyondSixtyFourBits", "a\tx\t99999999999999999999\n", ":2: ", "99999999999999999999",
                  "is no time"},
        Malformed{"NoEvents", "", ": ", "no events", "give one"}),
    name_of);

TEST_F(Import, TakesTheFirstAndTheLastSecondOfTheCalendar) {
  const auto data = import(header + "a\tx\t-17987443200\na\tx\t253402300799\n");
  EXPECT_EQ(data.first_time(), -17987443200);
  EXPECT_EQ(data.last_time(), 253402300799);
}

TEST_F(Import, RefusesAnotherHeader) {
  for (const std::string text : {"user,item,timestamp\na\tx\t1\n", "a\tx\t1\n"})
    EXPECT_THAT(refused(text),
                AllOf(HasSubstr("interactions.tsv:1: there is no column 'user'"), HasSubstr("choose from")));
  EXPECT_THAT(refused(""), AllOf(HasSubstr("interactions.tsv:1: "), HasSubstr("header")));
}

TEST_F(Import, TakesWhatAPipeGives) {
  const auto pipe = folder_.path() / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe) << header << "a\tx\t1\n"; });
  import_files(own_files({pipe, std::nullopt}), {}, out());
  writer.join();
  EXPECT_EQ(Dataset::open(out(), {}).events(), 1);
}

TEST_F(Import, TakesAFileWhoseNameIsNotUtf8) {
  const auto path = folder_.path() / "caf\xe9.tsv";
  std::filesystem::copy(interactions(header + "a\tx\t1\n"), path);
  import_files(own_files({path, std::nullopt}), {}, out());
  std::ifstream meta(out() / file::meta);
  const std::string kept = nlohmann::json::parse(meta).at("source").at("files").at(0).at("path");
  EXPECT_EQ(kept, (folder_.path() / "caf\uFFFD.tsv").string());
}

TEST_F(Import, ShowsOnlyTheBeginningOfALongValue) {
  EXPECT_LT(refused(header + std::string(100'000, 'a') + "\n").size(), 500u);
  EXPECT_LT(refused(std::string(100'000, 'a') + "\n").size(), 500u);
  EXPECT_LT(
      refused(header + "a\tx\t1\n", "{\"item\": \"x\", \"f\": {\"" + std::string(100'000, 'a') + "\": 1}}")
          .size(),
      500u);
}

TEST_F(Import, RefusesATruncatedGzip) {
  std::string text = header;
  for (int i = 0; i < 5000; ++i)
    text += "u" + std::to_string(i * 7919 % 997) + "\ti" + std::to_string(i) + "\t1\n";
  const auto whole = gzip(text);
  for (const std::size_t size :
       {whole.size() / 2, whole.size() - 1, whole.size() - 8, std::size_t{30}, std::size_t{11}})
    EXPECT_THAT(refused(whole.substr(0, size)),
                AllOf(HasSubstr("interactions.tsv:"), HasSubstr("damaged"), HasSubstr("again")))
        << size << " of " << whole.size() << " bytes";
}

TEST_F(Import, RefusesAGzipWithAChangedByte) {
  std::string text = header;
  for (int i = 0; i < 100; ++i) text += "u\ti" + std::to_string(i * i) + "\t1\n";
  auto changed = gzip(text);
  changed[changed.size() - 6] ^= 1;  // in the check sum
  EXPECT_THAT(refused(changed), AllOf(HasSubstr("interactions.tsv:"), HasSubstr("damaged")));
}

class MalformedItem : public Import, public testing::WithParamInterface<Malformed> {};

TEST_P(MalformedItem, IsRefusedWithPlaceValueAndRemedy) {
  const auto& bad = GetParam();
  const auto message = refused(header + "a\tx\t1\na\ty\t2\n", bad.lines);
  EXPECT_THAT(message, AllOf(HasSubstr((folder_.path() / "raw" / "items.jsonl").string() + bad.place),
                             HasSubstr(bad.value), HasSubstr(bad.remedy)));
}

INSTANTIATE_TEST_SUITE_P(
    Lines, MalformedItem,
    testing::Values(
        Malformed{"NoJson", "{\"item\": \"x\"}\n{\"item\": \n", ":2: ", "'{\"item\": '", "one object a line"},
        Malformed{"EmptyFile", "", ":1: ", "is empty", "one object a line"},
        Malformed{"TextsThenWhole", "{\"item\": \"x\", \"f\": \"5\"}\n{\"item\": \"y\", \"f\": [5]}\n",
                  ":2: ", "'f' is [5], but was texts", "keep to one kind"},
        Malformed{"WholeThenTexts", "{\"item\": \"x\", \"f\": [5]}\n{\"item\": \"y\", \"f\": [\"5\"]}\n",
                  ":2: ", "'f' is [\"5\"], but was whole numbers", "keep to one kind"},
        Malformed{"EmptyLine", "\n{\"item\": \"x\"}\n", ":1: ", "''", "one object a line"},
        Malformed{"Array", "[1]\n", ":1: ", "'[1]'", "{\"item\": \"id\", ...}"},
        Malformed{"NoItem", "{\"brand\": \"A\"}\n", ":1: ", "'{\"brand\": \"A\"}'", "the item's id as text"},
        Malformed{"ItemAsNumber", "{\"item\": 7}\n", ":1: ", "'{\"item\": 7}'", "the item's id as text"},
        Malformed{"Twice", "{\"item\": \"y\"}\n{\"item\": \"x\"}\n{\"item\": \"y\"}\n", ":3: ", "'y'",
                  "keep one"},
        Malformed{"MixedList", "{\"item\": \"x\", \"f\": [1, \"a\"]}\n", ":1: ", "'f' is [1,\"a\"]",
                  "texts only"},
        Malformed{"ListOfLists", "{\"item\": \"x\", \"f\": [[1]]}\n", ":1: ", "'f' is [[1]]", "texts only"},
        Malformed{"Object", "{\"item\": \"x\", \"f\": {\"a\": 1}}\n", ":1: ", "'f' is {\"a\":1}",
                  "give a text"},
        Malformed{"Boolean", "{\"item\": \"x\", \"f\": true}\n", ":1: ", "'f' is true", "give a text"},
        Malformed{"TextsThenNumbers", "{\"item\": \"x\", \"f\": \"a\"}\n{\"item\": \"y\", \"f\": 2.5}\n",
                  ":2: ", "'f' is 2.5", "keep to one kind"},
        Malformed{"NumbersThenTexts", "{\"item\": \"x\", \"f\": 2.5}\n{\"item\": \"y\", \"f\": [\"a\"]}\n",
                  ":2: ", "'f' is [\"a\"]", "keep to one kind"},
        Malformed{"CategoriesThenNumbers", "{\"item\": \"x\", \"f\": [1]}\n{\"item\": \"y\", \"f\": [0.5]}\n",
                  ":2: ", "'f' is [0.5]", "with a decimal point"},
        Malformed{"WidthChanges",
                  "{\"item\": \"x\", \"f\": [0.5, 1]}\n{\"item\": \"y\", \"f\": [0.5, 1, 2]}\n",
                  ":2: ", "3 numbers, but was 2 before", "give as many"},
        Malformed{"TooLarge", "{\"item\": \"x\", \"f\": 1e300}\n", ":1: ", "'f' is 1e+300", "scale it"},
        Malformed{"LineBreak", "{\"item\": \"x\", \"f\": \"a\\nb\"}\n", ":1: ", "\"a\\nb\"", "remove it"},
        Malformed{"NameWithBlank", "{\"item\": \"x\", \"a b\": 1}\n", ":1: ", "'a b'", "rename it"},
        Malformed{"NameWithSlash", "{\"item\": \"x\", \"../b\": 1}\n", ":1: ", "'../b'", "rename it"},
        Malformed{"EmptyName", "{\"item\": \"x\", \"\": 1}\n", ":1: ", "''", "rename it"}),
    name_of);

TEST_F(Import, IgnoresRowsOfItemsWithoutEvents) {
  const auto data = import(
      header + "a\tx\t1\n",
      "{\"item\": \"other\", \"brand\": \"Z\", \"size\": [1.5]}\n{\"item\": \"x\", \"brand\": \"A\"}\n");
  ASSERT_EQ(data.items(), 1);
  ASSERT_EQ(data.fields().size(), 1u);
  EXPECT_EQ(data.fields()[0].width, 1);
}

}  // namespace
}  // namespace pebench::data
