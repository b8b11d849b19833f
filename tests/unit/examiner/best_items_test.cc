#include "host/examiner/best_items.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/base/random.h"
#include "host/examiner/ranks.h"

namespace pebench::examiner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<data::Item> best(const std::vector<float>& scores, std::size_t count,
                             const std::vector<data::Item>& left_out = {}) {
  return best_items(base::Span<const float>(scores.data(), static_cast<std::ptrdiff_t>(scores.size())), count,
                    left_out);
}

TEST(BestItems, ComeInOrderWithoutPaddingAndWhatIsLeftOut) {
  const std::vector<float> scores{9, 1, 5, 3, 5, 4};
  EXPECT_THAT(best(scores, 3), ElementsAre(2, 4, 5)) << "of equal scores the smaller number";
  EXPECT_THAT(best(scores, 3, {2, 5}), ElementsAre(4, 3, 1));
  EXPECT_THAT(best(scores, 9, {1}), ElementsAre(2, 4, 5, 3)) << "there are no more";
  EXPECT_THAT(best(scores, 3, {1, 2, 3, 4, 5}), IsEmpty());
}

TEST(BestItems, StandWhereTheirRankSays) {
  base::Stream random(1, "test", "scores");
  std::vector<float> scores(200);
  for (float& score : scores) score = static_cast<float>(random.uniform());
  const std::vector<data::Item> left_out{3, 77, 150};
  const auto items = best(scores, 20, left_out);
  ASSERT_EQ(items.size(), 20u);
  for (std::size_t place = 0; place < items.size(); ++place) {
    const Rank rank =
        rank_among_all(base::Span<const float>(scores.data(), static_cast<std::ptrdiff_t>(scores.size())),
                       items[place], left_out);
    EXPECT_EQ(rank.better, static_cast<std::int64_t>(place));
  }
}

}  // namespace
}  // namespace pebench::examiner
