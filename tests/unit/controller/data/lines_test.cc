#include "host/controller/data/lines.h"

#include <gmock/gmock.h>

#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

std::vector<std::string> all_lines(const std::filesystem::path& path) {
  Lines lines(path);
  std::vector<std::string> all;
  for (std::string line; lines.next(line);) all.push_back(lines.place() + "=" + line);
  return all;
}

TEST(Lines, GivesTheSameLinesAndPlacesWhateverTheFileLooksLike) {
  TemporaryFolder folder;
  const auto path = folder.path() / "text";
  const auto expected =
      testing::ElementsAre(path.string() + ":1=one", path.string() + ":2=", path.string() + ":3=three");
  for (const std::string text : {"one\n\nthree\n", "one\r\n\r\nthree\r\n", "one\n\nthree"}) {
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
  Lines lines(write_file(folder.path() / "long", gzip(text + "\nend\n")));
  std::string line;
  ASSERT_TRUE(lines.next(line));
  EXPECT_EQ(line, text);
  ASSERT_TRUE(lines.next(line));
  EXPECT_EQ(line, "end");
}

TEST(Lines, RefusesWhatCannotBeRead) {
  TemporaryFolder folder;
  EXPECT_THAT(refusal([&] { Lines(folder.path() / "missing"); }),
              testing::HasSubstr((folder.path() / "missing").string()));
  EXPECT_THAT(refusal([&] { Lines(folder.path()); }), testing::HasSubstr(folder.path().string()));
}

}  // namespace
}  // namespace pebench::data
