#include "host/base/nearest.h"

#include <gtest/gtest.h>

namespace pebench::base {
namespace {

const std::vector<std::string> known = {"width", "heads", "dropout"};

TEST(Nearest, FindsOneEdit) {
  for (const char* word : {"widht", "widt", "wwidth", "midth"}) {
    const std::string* found = nearest(word, known);
    ASSERT_NE(found, nullptr) << word;
    EXPECT_EQ(*found, "width");
  }
}

TEST(Nearest, LeavesStrangersAlone) {
  EXPECT_EQ(nearest("colour", known), nullptr);
  const std::vector<std::string> in_folders = {"study/beauty", "strong/carca"};
  ASSERT_NE(nearest("beuaty", in_folders), nullptr);
  EXPECT_EQ(*nearest("beuaty", in_folders), "study/beauty");
  EXPECT_EQ(nearest("", known), nullptr);
}

TEST(Remedy, SuggestsOrLists) {
  EXPECT_EQ(remedy("head", known), "did you mean \"heads\"?");
  EXPECT_EQ(remedy("colour", known), "choose from \"width\", \"heads\", \"dropout\"");
}

}  // namespace
}  // namespace pebench::base
