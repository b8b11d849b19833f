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

TEST(SuitePage, ShowsWhatCanBeRead) {
  const std::string page = base::read_file(source / "docs/suite.md");
  const std::regex block("```toml\n([^`]*)```");
  int shown = 0;
  std::string first;
  for (std::sregex_iterator found(page.begin(), page.end(), block), end; found != end; ++found, ++shown) {
    const std::string text = (*found)[1];
    if (shown == 0) first = text;
    // What the page shows after the first suite are tables to add to one.
    const std::string suite = text.rfind("schema", 0) == 0 ? text : with(text);
    EXPECT_NO_THROW(parse_suite(text.find("[[claim]]") == 0 ? first + text : suite, "docs/suite.md")) << text;
  }
  EXPECT_GE(shown, 5);
}

}  // namespace
}  // namespace pebench::suite
