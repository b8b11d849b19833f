#include <gmock/gmock.h>

#include <cmath>

#include "host/controller/stats/brown_forsythe.h"
#include "host/controller/stats/holm.h"
#include "host/controller/stats/means.h"
#include "host/controller/stats/wilcoxon.h"

namespace pebench::stats {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

TEST(Wilcoxon, ExactAgreesWithR) {
  const SignedRank result = wilcoxon_signed_rank({1.2, -.4, .7, 2.1, -.3, .9, 1.5, .2, -.1, 1.1});
  EXPECT_EQ(result.statistic, 47);            // wilcox.test(w)
  EXPECT_NEAR(result.p, 0.048828125, 1e-15);  // the same
}

TEST(Wilcoxon, TiesAndZerosAgreeWithEnumerationInR) {
  // nz <- wt[wt != 0]; r <- rank(abs(nz)); W <- as.vector(as.matrix(expand.grid(rep(list(c(0, 1)),
  // length(nz)))) %*% r) w0 <- sum(r[nz > 0]); min(1, 2 * mean(W <= min(w0, sum(r) - w0)))
  const SignedRank result = wilcoxon_signed_rank({1, -1, 2, 2, -3, 4, 0, 5, 5, -2, 6, NAN});
  EXPECT_EQ(result.statistic, 43.5);
  EXPECT_NEAR(result.p, 0.115234375, 1e-15);
  EXPECT_TRUE(result.exact);
}

TEST(Wilcoxon, ManySeedsAgreeWithTheNormalApproximationOfR) {
  std::vector<double> differences;
  for (int i = 1; i <= 60; ++i) differences.push_back(i * 37 % 61 - 25);
  const SignedRank result = wilcoxon_signed_rank(differences);
  EXPECT_FALSE(result.exact);
  EXPECT_EQ(result.statistic, 1182);  // wilcox.test(((1:60) * 37) %% 61 - 25, exact = FALSE)
  EXPECT_NEAR(result.p, 0.0252102219387146, 1e-12);
}

TEST(Wilcoxon, TiesThatRoundingHidesAreTies) {
  // 0.275 - 0.125 and 0.2 - 0.05 are not the same float64. R: as above, of .15, .15, .1, -.05, .05 without
  // rounding.
  const std::vector<double> none = {0.125, 0.05, 0.1, 0.3, 0.25}, other = {0.275, 0.2, 0.2, 0.25, 0.3};
  EXPECT_EQ(wilcoxon_signed_rank(paired_differences(other, none)).p, 0.1875);
}

TEST(Wilcoxon, NoDifferenceGivesOne) { EXPECT_EQ(wilcoxon_signed_rank({0, 0, NAN}).p, 1); }

TEST(Holm, AgreesWithR) {
  // p.adjust(c(.01, .04, .03, .005, .5), "holm")
  EXPECT_THAT(holm({.01, .04, .03, .005, .5}),
              ElementsAre(DoubleNear(.04, 1e-15), DoubleNear(.09, 1e-15), DoubleNear(.09, 1e-15),
                          DoubleNear(.025, 1e-15), .5));
  EXPECT_TRUE(holm({}).empty());
}

TEST(BrownForsythe, AgreesWithR) {
  // anova(lm(abs(deviation from the group's median) ~ group))
  const FTest result =
      brown_forsythe({{.30, .34, .29, .36, .27, .33, .31}, {.50, .51, .495, .505, .52, .50, .498}}).value();
  EXPECT_NEAR(result.f, 6.77304671351799, 1e-10);
  EXPECT_NEAR(result.p, 0.0231187853450543, 1e-12);
  EXPECT_EQ(result.numerator_df, 1);
  EXPECT_EQ(result.denominator_df, 12);
}

TEST(BrownForsythe, IsNothingWhereItIsNotDefined) {
  EXPECT_FALSE(brown_forsythe({{1, 2, 3}}));
  EXPECT_FALSE(brown_forsythe({{1, 2, 3}, {1}}));
  EXPECT_FALSE(brown_forsythe({{1, 1, 1}, {2, 2, 2}}));
}

}  // namespace
}  // namespace pebench::stats
