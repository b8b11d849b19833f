// Every suite that is shipped, and every one that the documentation shows, can be read.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <regex>
#include <string>
#include <vector>

#include "host/base/file.h"
#include "host/controller/suite/suite.h"
#include "tests/unit/controller/suite/example.h"

namespace pebench::suite {
namespace {

namespace fs = std::filesystem;

const fs::path source = PEBENCH_SOURCE_DIR;

std::vector<fs::path> shipped() {
  std::vector<fs::path> files;
  for (const char* folder : {"suites", "templates"})
    for (const auto& entry : fs::recursive_directory_iterator(source / folder))
      if (entry.path().extension() == ".toml" && entry.path().filename() != "Cargo.toml")
        files.push_back(fs::relative(entry.path(), source));
  std::sort(files.begin(), files.end());
  return files;
}

class Shipped : public ::testing::TestWithParam<fs::path> {};
TEST_P(Shipped, CanBeRead) {
  const std::string text = base::read_file(source / GetParam());
  EXPECT_NO_THROW(parse_suite(std::regex_replace(text, std::regex("@NAME@"), "mine"), GetParam()));
}
INSTANTIATE_TEST_SUITE_P(Suites, Shipped, ::testing::ValuesIn(shipped()), [](const auto& info) {
  return std::regex_replace(info.param.string(), std::regex("[^a-zA-Z0-9]"), "_");
});

/// The blocks of TOML in docs/suite.md: a suite, and tables to add to one.
std::vector<std::string> shown() {
  const std::string page = base::read_file(source / "docs/suite.md");
  const std::regex block("```toml\n([^`]*)```");
  std::vector<std::string> blocks;
  for (std::sregex_iterator found(page.begin(), page.end(), block), end; found != end; ++found)
    blocks.push_back((*found)[1]);
  return blocks;
}

TEST(SuitePage, ShowsWhatCanBeRead) {
  const auto blocks = shown();
  ASSERT_GE(blocks.size(), 2u);
  EXPECT_NO_THROW(parse_suite(blocks.front(), "docs/suite.md"));
  for (std::size_t i = 1; i < blocks.size(); ++i) {
    const bool claims = blocks[i].find("[[claim]]") == 0;  // about the encodings of the suite shown
    EXPECT_NO_THROW(parse_suite(claims ? blocks.front() + blocks[i] : with(blocks[i]), "docs/suite.md"))
        << blocks[i];
  }
}

}  // namespace
}  // namespace pebench::suite
