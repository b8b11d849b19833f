#include "host/plan/seed_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pebench::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// statistics.md, "Seed policy": the borders are 6, 10 and 20.
TEST(SeedPolicy, PromisesWhatTheSeedsAllow) {
  for (auto [seeds, says] : {std::pair<std::size_t, const char*>{1, "without verdicts"},
                             {5, "without verdicts"},
                             {10, "stability will be exploratory"},
                             {19, "stability will be exploratory"},
                             {20, "Verdicts on means and on stability"}})
    EXPECT_THAT(what_seeds_show(seeds, 5, 0.05), ElementsAre(HasSubstr(says))) << seeds;
  for (std::size_t seeds : {6u, 9u})
    EXPECT_THAT(what_seeds_show(seeds, 1, 0.05).front(), HasSubstr("weak")) << seeds;
}

// 2^(1-6) = 0.03125: one comparison can still be significant at 0.05, two cannot.
TEST(SeedPolicy, SaysWhenCorrectionLeavesNothing) {
  EXPECT_EQ(what_seeds_show(6, 1, 0.05).size(), 1u);
  auto many = what_seeds_show(6, 2, 0.05);
  ASSERT_EQ(many.size(), 2u);
  EXPECT_THAT(many[1], HasSubstr("0.0312"));
}

}  // namespace
}  // namespace pebench::plan
