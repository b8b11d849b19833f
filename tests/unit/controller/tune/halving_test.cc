#include "host/controller/tune/halving.h"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/unit/support/refusal.h"

namespace pebench::tune {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

suite::Tuning tuning(std::int64_t configurations, std::int64_t rounds, std::int64_t epochs,
                     std::int64_t reduction) {
  suite::Tuning tuning{};
  tuning.configurations = configurations;
  tuning.rounds = rounds;
  tuning.epochs = epochs;
  tuning.reduction = reduction;
  return tuning;
}

std::vector<std::string> texts(const std::vector<Round>& rounds) {
  std::vector<std::string> all;
  for (const Round& one : rounds)
    all.push_back(std::to_string(one.configurations) + " x " + std::to_string(one.epochs));
  return all;
}

TEST(Rounds, HaveFewerConfigurationsAndMoreEpochs) {
  EXPECT_THAT(texts(rounds_of(tuning(27, 3, 5, 3))), ElementsAre("27 x 5", "9 x 15", "3 x 45"));
  EXPECT_THAT(texts(rounds_of(tuning(10, 1, 5, 3))), ElementsAre("10 x 5"));
}

TEST(Rounds, KeepOneConfigurationAtLeast) {
  EXPECT_THAT(texts(rounds_of(tuning(5, 4, 1, 4))), ElementsAre("5 x 1", "1 x 4", "1 x 16", "1 x 64"));
}

TEST(Rounds, EndBeforeNumbersDo) {
  EXPECT_THAT(refusal([] { rounds_of(tuning(5, 20, 1'000'000, 1000)); }), HasSubstr("take fewer rounds"));
}

TEST(Rounds, AddUpToABudget) { EXPECT_EQ(epochs_of({{27, 5}, {9, 15}, {3, 45}}, 2), 2 * 3 * 135); }

TEST(BestOf, AreInOrderAndFailedOnesLast) {
  const double failed = std::nan("");
  EXPECT_THAT(best_of({0.1, failed, 0.3, 0.2, 0.3}, 3), ElementsAre(2, 4, 3));
  EXPECT_THAT(best_of({failed, 0.1, failed}, 2), ElementsAre(1, 0));
  EXPECT_THAT(best_of({0.1}, 5), ElementsAre(0));
}

}  // namespace
}  // namespace pebench::tune
