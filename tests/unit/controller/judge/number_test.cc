#include "host/controller/judge/number.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

namespace pebench::judge {
namespace {

using ::testing::HasSubstr;

TEST(Number, ReadsWhatProgramsWrite) {
  EXPECT_EQ(number_of("0.25", false), 0.25);
  EXPECT_EQ(number_of("+1e-3", false), 1e-3);
  EXPECT_EQ(number_of("-.5", false), -0.5);
  EXPECT_EQ(number_of("1e999", false), std::numeric_limits<double>::infinity());
  EXPECT_EQ(number_of("-inf", false), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(number_of("Infinity", false), std::numeric_limits<double>::infinity());
  for (const char* text : {"nan", "NaN"}) EXPECT_TRUE(std::isnan(*number_of(text, false))) << text;
}

TEST(Number, IsNoText) {
  for (const char* text : {"", "a", "1x", "0,25", "12%", "+-1", "1 2", "+", "--1"})
    EXPECT_FALSE(number_of(text, false)) << text;
}

TEST(Number, MayHaveADecimalComma) {
  EXPECT_EQ(number_of("0,25", true), 0.25);
  EXPECT_EQ(number_of("0.25", true), 0.25);
  for (const char* text : {"1,234.5", "1,2,3"}) EXPECT_FALSE(number_of(text, true)) << text;
  EXPECT_THAT(number_remedy("0,25", false), HasSubstr("--decimal-comma"));
  EXPECT_THAT(number_remedy("25%", false), HasSubstr("without %"));
  EXPECT_THAT(number_remedy("x", false), HasSubstr("leave the field empty"));
}

TEST(Number, MayBeAbsent) {
  for (const char* text : {"", "NA", "null", "None"}) EXPECT_TRUE(says_nothing(text)) << text;
  for (const char* text : {"nan", "0", "-"}) EXPECT_FALSE(says_nothing(text)) << text;
}

}  // namespace
}  // namespace pebench::judge
