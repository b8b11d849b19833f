#include "host/data/dataset.h"

#include <gmock/gmock.h>

#include "host/base/file.h"
#include "host/base/hash.h"
#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Names = std::vector<std::string>;

const std::string rows =
    "{\"item\": \"x\", \"brand\": \"A\", \"tags\": [\"t\", \"s\"], \"price\": 1.5, \"image\": [0.1, 0.2]}\n"
    "{\"item\": \"z\", \"brand\": \"B\", \"tags\": [\"s\"], \"price\": 2.5, \"image\": [0.3, 0.4]}\n";

class Sets : public RawData {
 protected:
  const std::string events_ = header + "a\tx\t1\na\ty\t2\nb\tz\t3\nb\tx\t4\n";

  std::filesystem::path imported() {
    import(events_, rows);
    return out();
  }
  nlohmann::json meta() { return nlohmann::json::parse(std::ifstream(out() / file::meta)); }
  void set_meta(const nlohmann::json& meta) { write_file(out() / file::meta, meta.dump()); }
};

TEST_F(Sets, PutSparseFieldsSideBySideInTheOrderAsked) {
  imported();
  const auto data = Dataset::open(out(), {"tags", "brand"});
  EXPECT_EQ(data.attributes(), 4);
  EXPECT_EQ(data.sparse().width, 4);
  EXPECT_TRUE(data.dense().empty());
  // Items x, y, z; tags t s are 0 1 and brands A B are 2 3.
  EXPECT_THAT(data.sparse().offsets, ElementsAre(0, 0, 3, 3, 5));
  EXPECT_THAT(data.sparse().ids, ElementsAre(0, 1, 2, 1, 3));

  const auto turned = Dataset::open(out(), {"brand", "tags"});
  EXPECT_THAT(turned.sparse().ids, ElementsAre(0, 2, 3, 1, 3));
  EXPECT_NE(turned.hash(), data.hash());
}

TEST_F(Sets, PutDenseFieldsSideBySideInTheOrderAsked) {
  imported();
  const auto data = Dataset::open(out(), {"image", "brand", "price"});
  EXPECT_EQ(data.attributes(), 5);
  EXPECT_EQ(data.sparse().width, 2);
  ASSERT_EQ(data.dense().size(), 2u);
  EXPECT_EQ(data.dense()[0].width, 2);
  EXPECT_THAT(numbers(data, 0), ElementsAre(0, 0, 0.1f, 0.2f, 0, 0, 0.3f, 0.4f));
  EXPECT_EQ(data.dense()[1].width, 1);
  EXPECT_THAT(numbers(data, 1), ElementsAre(0, 1.5f, 0, 2.5f));
}

TEST_F(Sets, WithoutFieldsHaveEmptyAttributes) {
  imported();
  const auto data = Dataset::open(out(), {});
  EXPECT_EQ(data.attributes(), 0);
  EXPECT_THAT(data.sparse().offsets, ElementsAre(0, 0, 0, 0, 0));
  EXPECT_TRUE(data.dense().empty());
  ASSERT_EQ(data.fields().size(), 4u);
  EXPECT_EQ(data.fields()[0].name, "brand");
  EXPECT_TRUE(data.fields()[0].sparse);
  EXPECT_EQ(data.fields()[1].name, "image");
  EXPECT_FALSE(data.fields()[1].sparse);
  EXPECT_EQ(data.fields()[1].width, 2);
}

TEST_F(Sets, NameTheFieldsThereAreWhenOneIsUnknown) {
  imported();
  EXPECT_THAT(
      refusal([&] { Dataset::open(out(), {"colour"}); }),
      AllOf(HasSubstr(out().string()), HasSubstr("'colour'"), HasSubstr("brand, image, price, tags")));
  import(events_, {}, {}, "bare");
  EXPECT_THAT(refusal([&] { Dataset::open(out("bare"), {"colour"}); }), HasSubstr("none at all"));
}

TEST_F(Sets, RefuseAnAttributeNamedTwice) {
  imported();
  EXPECT_THAT(refusal([&] {
                Dataset::open(out(), {"brand", "tags", "brand"});
              }),
              AllOf(HasSubstr(out().string()), HasSubstr("'brand'"), HasSubstr("name it once")));
}

TEST_F(Sets, HaveTheHashOfTheirContentOnly) {
  const Names all{"brand", "image", "price", "tags"};
  const auto first = import(events_, rows, all).hash();
  EXPECT_EQ(first.size(), 64u);
  EXPECT_EQ(import(events_, rows, all, "elsewhere").hash(), first);
  std::filesystem::rename(out(), out("moved"));
  EXPECT_EQ(Dataset::open(out("moved"), all).hash(), first);
}

TEST_F(Sets, ChangeTheirHashWithAnyEvent) {
  const auto hash = import(events_).hash();
  int changed = 0;
  for (const char* events : {"a\tx\t0\na\ty\t2\nb\tz\t3\nb\tx\t4\n",    // a time
                             "a\tx\t1\na\ty\t2\nb\tz\t3\nb\ty\t4\n",    // an item
                             "a\tx\t1\na\ty\t2\na\tz\t3\nb\tx\t4\n",    // a user
                             "a\tx\t1\na\ty\t2\nb\tz\t3\n",             // one event less
                             "a\tx\t1\na\ty\t2\nb\tz\t3\nc\tx\t4\n",    // a new user
                             "a\tx\t1\na\ty\t2\nb2\tz\t3\nb2\tx\t4\n",  // a user's name
                             "a\tx\t1\na\ty2\t2\nb\tz\t3\nb\tx\t4\n"})  // an item's name
    EXPECT_NE(import(header + events, {}, {}, "set" + std::to_string(changed++)).hash(), hash) << events;
}

TEST_F(Sets, ChangeTheirHashWithTheFieldsInUseOnly) {
  const auto brand = import(events_, rows, {"brand"}).hash();
  const auto none = Dataset::open(out(), {}).hash();
  const auto price = Dataset::open(out(), {"price"}).hash();
  EXPECT_NE(brand, none);
  EXPECT_NE(price, none);

  auto other_rows = rows;
  other_rows.replace(other_rows.find("1.5"), 3, "1.6");
  import(events_, other_rows, {}, "other");
  EXPECT_EQ(Dataset::open(out("other"), {"brand"}).hash(), brand);
  EXPECT_EQ(Dataset::open(out("other"), {}).hash(), none);
  EXPECT_NE(Dataset::open(out("other"), {"price"}).hash(), price);

  auto other_brand = rows;
  other_brand.replace(other_brand.find("\"B\""), 3, "\"C\"");
  EXPECT_NE(import(events_, other_brand, {"brand"}, "brand").hash(), brand);
}

TEST_F(Sets, RefuseEveryDamagedOrShortenedFile) {
  const auto folder = imported();
  const Names all{"brand", "image", "price", "tags"};
  const auto files = meta().at("files");
  EXPECT_EQ(files.size(), 13u);  // 5 of events and ids, 3 for each sparse field, 1 for each dense one
  for (const auto& [name, about] : files.items()) {
    const auto content = base::read_file(folder / name);
    auto changed = content;
    changed[changed.size() / 2] ^= 1;
    write_file(folder / name, changed);
    EXPECT_THAT(refusal([&] { Dataset::open(folder, all); }),
                AllOf(HasSubstr((folder / name).string()), HasSubstr("damaged"),
                      HasSubstr("import the data set again")));
    write_file(folder / name, content.substr(0, content.size() - 1));
    EXPECT_THAT(refusal([&] { Dataset::open(folder, all); }),
                AllOf(HasSubstr((folder / name).string()), HasSubstr("another size"),
                      HasSubstr("import the data set again")));
    std::filesystem::remove(folder / name);
    EXPECT_THAT(refusal([&] { Dataset::open(folder, all); }), AllOf(HasSubstr(name), HasSubstr("missing")));
    write_file(folder / name, content);
  }
  EXPECT_EQ(Dataset::open(folder, all).events(), 4);
}

TEST_F(Sets, RefuseAnotherFormatOrVersion) {
  imported();
  const auto ours = meta();
  auto newer = ours;
  newer["format"] = format_version + 1;
  auto foreign = ours;
  foreign["format"] = "parquet";
  auto bare = ours;
  bare.erase("format");
  for (const auto& other : {newer, foreign, bare, nlohmann::json::array({1, 2}), nlohmann::json("text")}) {
    set_meta(other);
    EXPECT_THAT(refusal([&] { Dataset::open(out(), {}); }),
                AllOf(HasSubstr((out() / file::meta).string()), HasSubstr("format"),
                      HasSubstr("import the data set again")));
  }
  write_file(out() / file::meta, "{\"format\": 1");
  EXPECT_THAT(refusal([&] { Dataset::open(out(), {}); }),
              AllOf(HasSubstr("not JSON"), HasSubstr("import the data set again")));
}

TEST_F(Sets, RefuseADescriptionThatLacksSomething) {
  imported();
  const auto ours = meta();
  for (const char* key : {"files", "fields", "events_hash"}) {
    auto lacking = ours;
    lacking.erase(key);
    set_meta(lacking);
    EXPECT_THAT(refusal([&] { Dataset::open(out(), {}); }), AllOf(HasSubstr(file::meta), HasSubstr(key)))
        << key;
  }
  auto lacking = ours;
  lacking["files"].erase(file::times);
  set_meta(lacking);
  EXPECT_THAT(refusal([&] { Dataset::open(out(), {}); }), HasSubstr(file::times));
}

TEST_F(Sets, HashWhatIsOpenedAndNotWhatIsSaidOfIt) {
  imported();
  const Names all{"brand", "image", "price", "tags"};
  auto described = meta();
  // An event is edited, and its file's hash with it: the description still has the hash of the old events.
  auto items = base::read_file(out() / file::items);
  items[0] ^= 3;
  write_file(out() / file::items, items);
  described["files"][file::items]["sha256"] = base::sha256(items);
  set_meta(described);
  EXPECT_THAT(
      refusal([&] { Dataset::open(out(), all); }),
      AllOf(HasSubstr(out().string()), HasSubstr("the events"), HasSubstr("import the data set again")));
}

TEST_F(Sets, RefuseAFieldThatIsNotAsDescribed) {
  imported();
  const Names all{"brand", "image", "price", "tags"};
  const auto ours = meta();
  for (std::size_t field = 0; field < all.size(); ++field) {
    auto other = ours;
    other["fields"][field]["hash"] = base::sha256("other");
    set_meta(other);
    EXPECT_THAT(refusal([&] { Dataset::open(out(), all); }), HasSubstr("the values of " + all[field]));
    other = ours;
    other["fields"][field]["width"] = 7;
    set_meta(other);
    EXPECT_THAT(refusal([&] { Dataset::open(out(), all); }), HasSubstr(all[field] + " is 7 wide"));
  }
}

TEST_F(Sets, RefuseAFolderWithoutDescription) {
  EXPECT_THAT(refusal([&] { Dataset::open(folder_.path(), {}); }),
              AllOf(HasSubstr((folder_.path() / file::meta).string()), HasSubstr("check that")));
}

}  // namespace
}  // namespace pebench::data
