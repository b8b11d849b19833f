#include "host/controller/data/numbering.h"

#include <gtest/gtest.h>

namespace pebench::data {
namespace {

TEST(Numbering, CountsByFirstAppearance) {
  Numbering names;
  EXPECT_EQ(names.number("b"), 0);
  EXPECT_EQ(names.number(""), 1);
  EXPECT_EQ(names.number(std::string_view("b\0c", 3)), 2);
  EXPECT_EQ(names.number("b"), 0);
  EXPECT_EQ(names.count(), 3);
  EXPECT_EQ(names.find(""), 1);
  EXPECT_EQ(names.find("c"), std::nullopt);
  EXPECT_EQ(names.names(), (std::vector<std::string>{"b", "", std::string("b\0c", 3)}));
}

TEST(Numbering, KeepsItsNumbersAsItGrows) {
  Numbering names;
  for (int i = 0; i < 50'000; ++i) ASSERT_EQ(names.number("n" + std::to_string(i)), i);
  for (int i = 0; i < 50'000; ++i) {
    ASSERT_EQ(names.number("n" + std::to_string(i)), i);
    ASSERT_EQ(names.name(i), "n" + std::to_string(i));
  }
  EXPECT_EQ(names.find("n50000"), std::nullopt);
}

}  // namespace
}  // namespace pebench::data
