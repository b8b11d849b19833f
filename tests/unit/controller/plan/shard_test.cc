#include "host/controller/plan/shard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "host/base/error.h"

namespace pebench::plan {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAreArray;

/// Seeds x 4 encodings, the encodings turning fastest, as in a plan.
std::vector<contract::TrialSpec> plan_of(std::uint64_t seeds) {
  std::vector<contract::TrialSpec> plan;
  for (std::uint64_t seed = 0; seed < seeds; ++seed)
    for (const char* encoder : {"none", "abs", "rope", "rmha4"}) {
      contract::TrialSpec trial;
      trial.seed = seed;
      trial.encoding = trial.encoder_id = encoder;
      plan.push_back(trial);
    }
  return plan;
}

std::vector<std::string> ids_of(const std::vector<contract::TrialSpec>& trials) {
  std::vector<std::string> ids;
  for (const contract::TrialSpec& trial : trials) ids.push_back(trial.id());
  return ids;
}

std::vector<contract::TrialSpec> share(std::size_t index, std::size_t count, std::uint64_t seeds = 100) {
  return share_of(plan_of(seeds), Shard{index, count});
}

TEST(Shard, TogetherTheyAreThePlan) {
  std::vector<std::string> all;
  for (std::size_t index = 1; index <= 3; ++index)
    for (const std::string& id : ids_of(share(index, 3))) all.push_back(id);
  EXPECT_THAT(all, UnorderedElementsAreArray(ids_of(plan_of(100))));
  EXPECT_EQ(ids_of(share(1, 1)), ids_of(plan_of(100))) << "in the plan's order";
}

TEST(Shard, EachHasAMixOfEncodingsHoweverManyThereAre) {
  for (std::size_t count :
       {2, 4}) {  // divisors of the number of encodings, where every n-th trial is one encoding
    for (std::size_t index = 1; index <= count; ++index) {
      std::map<std::string, double> trials;
      for (const contract::TrialSpec& trial : share(index, count)) ++trials[trial.encoding];
      EXPECT_EQ(trials.size(), 4u);
      const double expected = 100.0 / static_cast<double>(count);
      for (const auto& [encoding, number] : trials)  // within 4 standard deviations of a binomial number
        EXPECT_NEAR(number, expected, 4 * std::sqrt(expected)) << encoding << " in " << index << "/" << count;
    }
  }
}

TEST(Shard, ATrialStaysInItsShardWhenSeedsAreAdded) {
  const auto later = ids_of(share(2, 3, 120));
  for (const std::string& id : ids_of(share(2, 3, 100))) EXPECT_THAT(later, Contains(id));
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
