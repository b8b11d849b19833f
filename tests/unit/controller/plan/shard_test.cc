#include "host/controller/plan/shard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/base/error.h"

namespace pebench::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<contract::TrialSpec> plan_of(std::size_t trials) {
  std::vector<contract::TrialSpec> plan(trials);
  for (std::size_t i = 0; i < trials; ++i) plan[i].seed = i;
  return plan;
}

std::vector<std::uint64_t> seeds_of(const std::vector<contract::TrialSpec>& trials) {
  std::vector<std::uint64_t> seeds;
  for (const contract::TrialSpec& trial : trials) seeds.push_back(trial.seed);
  return seeds;
}

TEST(Shard, IsEveryNthTrial) {
  EXPECT_THAT(seeds_of(share_of(plan_of(7), parse_shard("1/3"))), ElementsAre(0, 3, 6));
  EXPECT_THAT(seeds_of(share_of(plan_of(7), parse_shard("2/3"))), ElementsAre(1, 4));
  EXPECT_THAT(seeds_of(share_of(plan_of(7), parse_shard("3/3"))), ElementsAre(2, 5));
  EXPECT_EQ(share_of(plan_of(7), parse_shard("1/1")).size(), 7u);
  EXPECT_TRUE(share_of(plan_of(2), parse_shard("3/3")).empty());
}

TEST(Shard, RefusesWhatIsNoShare) {
  for (const char* text : {"", "1", "0/3", "4/3", "1/0", "-1/3", "1/3 ", "a/b", "1/9999999"}) {
    try {
      parse_shard(text);
      ADD_FAILURE() << text << " was accepted";
    } catch (const base::InputError& error) {
      EXPECT_THAT(error.what(), HasSubstr(std::string("--shard ") + text + " is no share"));
    }
  }
}

}  // namespace
}  // namespace pebench::plan
