#include "host/controller/judge/seeds.h"

#include <gmock/gmock.h>

namespace pebench::judge {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(Seeds, WholeNumbersAreThemselves) {
  EXPECT_THAT(numbered({"10", "2", "18446744073709551615"}),
              ElementsAre(Pair("10", 10), Pair("18446744073709551615", 18446744073709551615u), Pair("2", 2)));
  EXPECT_THAT(numbered({"3.0", "4.00"}), ElementsAre(Pair("3.0", 3), Pair("4.00", 4)))
      << "as tables of floating-point numbers have them";
}

TEST(Seeds, OthersAreNumberedInAlphabeticalOrder) {
  EXPECT_THAT(numbered({"b", "a", "7"}), ElementsAre(Pair("7", 1), Pair("a", 2), Pair("b", 3)));
  EXPECT_THAT(numbered({"7", "07"}), ElementsAre(Pair("07", 1), Pair("7", 2))) << "two seeds, not one";
  EXPECT_THAT(numbered({"-1", "1.5"}), ElementsAre(Pair("-1", 1), Pair("1.5", 2)));
}

}  // namespace
}  // namespace pebench::judge
