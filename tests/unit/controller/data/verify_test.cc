#include "host/controller/data/verify.h"

#include <gmock/gmock.h>

#include "host/base/hash.h"
#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class Verify : public RawData {
 protected:
  void SetUp() override {
    import(header + "a\tx\t1\na\ty\t2\nb\tx\t3\n",
           "{\"item\": \"x\", \"tags\": [\"p\", \"q\"], \"size\": [1.5, 2.5]}\n{\"item\": \"y\", \"tags\": "
           "[\"q\"]}\n");
  }
  std::vector<std::string> faults() const { return verify(out()).faults; }
  std::string text(const std::string& name) const {
    std::ifstream file(out() / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  /// Writes a file anew; with `hidden`, dataset.json says so too, as if it had been written wrongly.
  void put(const std::string& name, const std::string& content, bool hidden) {
    std::ofstream(out() / name, std::ios::binary) << content;
    if (!hidden) return;
    auto meta = nlohmann::json::parse(text(file::meta));
    meta["files"][name] = {{"bytes", content.size()}, {"sha256", base::sha256(content)}};
    std::ofstream(out() / file::meta) << meta.dump();
  }
  template <class T>
  void put_value(const std::string& name, std::size_t index, T value) {
    auto bytes = text(name);
    bytes.replace(index * sizeof(T), sizeof(T), reinterpret_cast<const char*>(&value), sizeof(T));
    put(name, bytes, /*hidden=*/true);
  }
};

TEST_F(Verify, FindsNothingInWhatWasWritten) {
  const auto found = verify(out());
  EXPECT_THAT(found.faults, IsEmpty());
  EXPECT_EQ(found.files, 9);
}

TEST_F(Verify, FindsEveryFileThatIsMissingCutOrChanged) {
  const auto meta = nlohmann::json::parse(text(file::meta));
  for (const auto& [name, expected] : meta.at("files").items()) {
    const auto whole = text(name);
    auto changed = whole;
    changed.back() ^= 1;
    put(name, changed, false);
    EXPECT_THAT(faults(), testing::Contains(HasSubstr(name + " is not as it was written"))) << name;
    put(name, whole.substr(1), false);
    EXPECT_THAT(faults(),
                testing::Contains(HasSubstr(name + " has " + std::to_string(whole.size() - 1) + " bytes")));
    std::filesystem::remove(out() / name);
    EXPECT_THAT(faults(), testing::Contains(HasSubstr(name + " cannot be read")));
    put(name, whole, false);
    EXPECT_THAT(faults(), IsEmpty());
  }
}

TEST_F(Verify, FindsWhatCannotBeThoughItWasWrittenSo) {
  const auto hash = HasSubstr("the hash of the events in dataset.json is not that of its files");
  struct Case {
    std::function<void()> damage;
    const char* words;
  };
  const Case cases[] = {
      {[&] { put_value<std::int32_t>(file::items, 1, 3); }, "event 1 is of item 3, and items are 1 to 2"},
      {[&] { put_value<std::int32_t>(file::items, 1, 0); }, "event 1 is of item 0"},
      {[&] { put_value<std::int64_t>(file::times, 1, 0); }, "event 1 of user 0 is earlier"},
      {[&] { put_value<std::int64_t>(file::offsets, 1, 4); }, "value 1 is 4"},
      {[&] { put_value<std::int64_t>(file::offsets, 2, 2); }, "the last value is 2, and should be 3"},
      {[&] { put(file::user_ids, "a\na\n", true); }, "line 2, 'a', stands there twice"},
      {[&] { put(file::item_ids, "x\n", true); }, "has 1 lines, and should have 2"},
  };
  for (const Case& one : cases) {
    one.damage();
    EXPECT_THAT(faults(), UnorderedElementsAre(HasSubstr(one.words), hash)) << one.words;
    std::filesystem::remove_all(out());
    SetUp();
  }
  put_value<std::int32_t>("field.tags.ids.i32", 0, 2);
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("the hash of field tags"), HasSubstr("categories of item 1")));
}

TEST_F(Verify, SaysWhatIsNoDataSetAtAll) {
  EXPECT_THAT(refusal([&] { verify(folder_.path()); }), HasSubstr("no imported data set"));
  put(file::meta, "{", false);
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("dataset.json is not JSON")));
  put(file::meta, "{\"format\": 1}", false);
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("lacks what it should hold")));
  put(file::meta, "{\"format\": 99}", false);
  EXPECT_THAT(refusal([&] { verify(out()); }), HasSubstr("of format 99"));
}

}  // namespace
}  // namespace pebench::data
