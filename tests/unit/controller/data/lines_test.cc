#include "host/controller/data/lines.h"

#include <gmock/gmock.h>

#include "host/base/hash.h"
#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

std::vector<std::string> all_lines(const std::filesystem::path& path) {
  TextFile file(path);
  Lines lines(file);
  std::vector<std::string> all;
  for (std::string_view line; lines.next(line);) all.push_back(lines.place() + "=" + std::string(line));
  return all;
}

TEST(Lines, GivesTheSameLinesAndPlacesWhateverTheFileLooksLike) {
  TemporaryFolder folder;
  const auto path = folder.path() / "text";
  const auto expected =
      testing::ElementsAre(path.string() + ":1=one", path.string() + ":2=", path.string() + ":3=three");
  for (const std::string text : {"one\n\nthree\n", "one\r\n\r\nthree\r\n", "one\n\nthree",
                                 "one\n\nthree\n\n\r\n\n", "\xef\xbb\xbfone\n\nthree"}) {
    EXPECT_THAT(all_lines(write_file(path, text)), expected);
    EXPECT_THAT(all_lines(write_file(path, gzip(text))), expected);
  }
}

TEST(Lines, HasNoneInAnEmptyFile) {
  TemporaryFolder folder;
  EXPECT_TRUE(all_lines(write_file(folder.path() / "plain", "")).empty());
  EXPECT_TRUE(all_lines(write_file(folder.path() / "compressed", gzip(""))).empty());
}

TEST(Lines, KeepsALineLongerThanAnyBuffer) {
  TemporaryFolder folder;
  const std::string text(3'000'000, 'x');
  TextFile file(write_file(folder.path() / "long", gzip(text + "\nend\n")));
  Lines lines(file);
  std::string_view line;
  ASSERT_TRUE(lines.next(line));
  EXPECT_EQ(line, text);
  ASSERT_TRUE(lines.next(line));
  EXPECT_EQ(line, "end");
}

TEST(Lines, RefusesWhatCannotBeRead) {
  TemporaryFolder folder;
  EXPECT_THAT(refusal([&] { TextFile(folder.path() / "missing"); }),
              testing::HasSubstr((folder.path() / "missing").string()));
  EXPECT_THAT(refusal([&] { TextFile(folder.path()); }), testing::HasSubstr(folder.path().string()));
  for (const auto& [begin, name] : std::vector<std::pair<std::string, std::string>>{
           {"PK\x03\x04 and so on", "zip"}, {"BZh91AY&SY", "bzip2"}, {"\xff\xfeu\0s\0", "UTF-16"}})
    EXPECT_THAT(refusal([&, b = begin] { TextFile(write_file(folder.path() / "packed", b)); }),
                testing::HasSubstr("is a file in " + name));
}

TEST(TextFile, IsReadOnceWithItsHashOnTheWay) {
  TemporaryFolder folder;
  const std::string bytes = gzip("one\ntwo\n");
  const auto path = write_file(folder.path() / "text", bytes);
  TextFile file(path);
  EXPECT_EQ(file.begin(3), "one");
  EXPECT_EQ(file.begin(100), "one\ntwo\n") << "and what was looked at stays to be read";
  char text[100];
  EXPECT_EQ(std::string(text, file.read(text, sizeof text)), "one\ntwo\n");
  EXPECT_EQ(file.sha256(), base::sha256(bytes));
}

}  // namespace
}  // namespace pebench::data
