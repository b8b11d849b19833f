#include "host/controller/tune/curve.h"

#include <gmock/gmock.h>

#include "tests/unit/controller/tune/search.h"

namespace pebench::tune {
namespace {

using ::testing::IsEmpty;

std::vector<std::string> texts(const std::vector<Turn>& turns) {
  std::vector<std::string> all;
  for (const Turn& one : turns)
    all.push_back(std::to_string(one.before) + " then " + std::to_string(one.after) + " at " +
                  std::to_string(one.at));
  return all;
}

TEST(Turns, AreWhereTheLeadChanges) {
  EXPECT_THAT(texts(turns({{1, 2, 3}, {2, 2, 2}})), ::testing::ElementsAre("1 then 0 at 2"));
  EXPECT_THAT(texts(turns({{3, 1, 3}, {2, 2, 2}})), ::testing::ElementsAre("0 then 1 at 1", "1 then 0 at 2"));
}

TEST(Turns, AreNoneForTiesAndFailures) {
  EXPECT_THAT(turns({{1, 2, 2}, {0, 2, 1}}), IsEmpty());
  EXPECT_THAT(turns({{failed, 2}, {3, 1}}), IsEmpty());
  EXPECT_THAT(turns({{1, 2}}), IsEmpty());
}

TEST(Curve, CountsAFailureAsNothing) {
  const Search search = search_of({{0.4, failed}, {0.4, 0.0}});
  const auto with_failure = expected_curve(search, 0), with_nothing = expected_curve(search, 1);
  ASSERT_EQ(with_failure.size(), 2u);
  for (std::size_t n = 0; n < 2; ++n) EXPECT_EQ(with_failure[n].mean, with_nothing[n].mean);
  EXPECT_NEAR(with_failure[0].mean, 0.2, 1e-15);
  EXPECT_NEAR(with_failure[1].mean, 0.3, 1e-15);
}

TEST(Search, HasNoBestWhereAllFailed) {
  const Search search = search_of({{failed, failed}, {0.1, 0.3}});
  EXPECT_EQ(search.best(0), nullptr);
  EXPECT_EQ(search.best(1)->configuration, 1u);
}

}  // namespace
}  // namespace pebench::tune
