#include "host/controller/stats/agreement.h"

#include <gmock/gmock.h>

#include <cmath>

#include "host/base/random.h"
#include "host/controller/stats/kendall.h"

namespace pebench::stats {
namespace {

using testing::DoubleNear;
using testing::Optional;

/// Encodings whose values differ from seed to seed by `step` at most.
SettingValues setting_of(const std::vector<double>& means, std::size_t seeds, double step,
                         std::size_t sample = 0) {
  SettingValues setting;
  setting.sample = sample;
  for (std::size_t e = 0; e < means.size(); ++e) {
    setting.values.emplace_back();
    for (std::size_t s = 0; s < seeds; ++s)
      setting.values.back().push_back(means[e] +
                                      step * std::sin(static_cast<double>(7 * e + 3 * s + sample)));
  }
  return setting;
}

AgreementOptions quick() {
  AgreementOptions options;
  options.resamples = 2000;
  return options;
}

TEST(Kendall, CountsPairsInTheSameOrder) {
  EXPECT_THAT(kendall_tau({1, 2, 3, 4}, {10, 20, 30, 40}), Optional(1.0));
  EXPECT_THAT(kendall_tau({1, 2, 3, 4}, {4, 3, 2, 1}), Optional(-1.0));
  EXPECT_THAT(kendall_tau({1, 2, 3, 4}, {1, 2, 4, 3}), Optional(DoubleNear(4.0 / 6, 1e-15)));
  EXPECT_THAT(kendall_tau({1, 2, 3}, {2, 1, 3}), Optional(DoubleNear(1.0 / 3, 1e-15)));
}

TEST(Kendall, TiesAgreeWithR) {
  // cor(a, b, method = "kendall")
  EXPECT_THAT(kendall_tau({12, 2, 1, 12, 2}, {1, 4, 7, 1, 0}),
              Optional(DoubleNear(-0.471404520791032, 1e-14)));
  EXPECT_THAT(kendall_tau({1, 1, 2, 3, 3, 4}, {1, 2, 2, 5, 4, 4}),
              Optional(DoubleNear(0.692307692307692, 1e-14)));
  EXPECT_THAT(kendall_tau({1, 1 + 1e-12, 2}, {2, 1, 3}), Optional(DoubleNear(2 / std::sqrt(6.0), 1e-14)))
      << "what differs by rounding is tied";
}

TEST(Kendall, IsNothingWhereAllAreTied) {
  EXPECT_FALSE(kendall_tau({1, 1, 1}, {1, 2, 3}));
  EXPECT_FALSE(kendall_tau({1, 2, 3}, {5, 5, 5}));
  EXPECT_FALSE(kendall_tau({1}, {2}));
}

TEST(Agreement, IsTauOfTheMeans) {
  const SettingValues first{{{1, 3}, {4, 4}, {9, 1}}, 0},
      second{{{5, 5}, {4, 4}, {7, 9}}, 1};  // 2 4 5; 5 4 8
  const Agreement agreement = stats::agreement({first, second}, {{0, 1}}, quick());
  EXPECT_THAT(agreement.tau, Optional(DoubleNear(1.0 / 3, 1e-15)));
  EXPECT_EQ(agreement.seeds, 2u);
}

TEST(Agreement, OfSeveralSettingsIsTheMeanOverTheirPairs) {
  const std::vector<SettingValues> settings = {setting_of({1, 2, 3}, 6, 0), setting_of({1, 3, 2}, 6, 0, 1),
                                               setting_of({3, 2, 1}, 6, 0, 2)};
  const Agreement agreement = stats::agreement(settings, {{0, 1}, {0, 2}, {1, 2}}, quick());
  EXPECT_THAT(agreement.tau, Optional(DoubleNear((1.0 / 3 - 1 - 1.0 / 3) / 3, 1e-15)));
  EXPECT_NEAR(agreement.interval.low, -1.0 / 3, 1e-12) << "nothing varies";
  EXPECT_NEAR(agreement.interval.high, -1.0 / 3, 1e-12);
}

TEST(Agreement, IsDecidedWhereNoSeedSpeaksAgainstIt) {
  const SettingValues up = setting_of({1, 2, 3, 4}, 10, 0.1), also_up = setting_of({5, 6, 7, 8}, 10, 0.1, 1),
                      down = setting_of({4, 3, 2, 1}, 10, 0.1, 1);
  const Agreement kept = agreement({up, also_up}, {{0, 1}}), turned = agreement({up, down}, {{0, 1}});
  EXPECT_EQ(kept.interval.low, 1);
  EXPECT_EQ(turned.interval.high, -1);
  // 1 of 100,001: 2 * pt(-qnorm(1 - 1/100001) * sqrt(9/10), 9)
  EXPECT_NEAR(kept.p_carried, 0.00290217006050503, 1e-12);
  EXPECT_EQ(kept.p_turned, 1);
  EXPECT_NEAR(turned.p_turned, 0.00290217006050503, 1e-12);
  EXPECT_EQ(turned.p_carried, 1);
}

TEST(Agreement, IntervalAndPSayTheSame) {
  for (std::size_t seeds = 4; seeds <= 12; ++seeds)
    for (const double step : {0.5, 1.0, 1.5, 2.0, 3.0}) {
      const Agreement agreement =
          stats::agreement({setting_of({1, 2, 3, 4}, seeds, step), setting_of({1, 2, 4, 3}, seeds, step, 1)},
                           {{0, 1}}, quick());
      EXPECT_EQ(agreement.p_carried <= 0.05, agreement.interval.low > carried_tau) << seeds << " " << step;
      EXPECT_EQ(agreement.p_turned <= 0.05, agreement.interval.high < 0) << seeds << " " << step;
    }
}

TEST(Agreement, IsNotKnownOfFewSeeds) {
  const SettingValues one = setting_of({1, 2, 3}, 3, 0.01), other = setting_of({1, 2, 3}, 3, 0.01, 1);
  const Agreement agreement = stats::agreement({one, other}, {{0, 1}}, quick());
  EXPECT_THAT(agreement.tau, Optional(1.0));
  EXPECT_EQ(agreement.interval.low, -1) << "no tail of 2,000 resamples is that of Student's t of 3 values";
  EXPECT_GT(agreement.p_carried, 0.05);
}

TEST(Agreement, IsNothingWhereASettingHasNoOrder) {
  const SettingValues one = setting_of({1, 2, 3}, 6, 0), none = setting_of({2, 2, 2}, 6, 0, 1);
  const Agreement agreement = stats::agreement({one, none}, {{0, 1}}, quick());
  EXPECT_FALSE(agreement.tau);
  EXPECT_EQ(agreement.p_carried, 1);
  EXPECT_EQ(agreement.p_turned, 1);
}

TEST(Agreement, RedrawsSharedSeedsTogether) {
  // The order of the first two encodings follows the seed, and is the same in both settings on each.
  SettingValues one, other;
  for (const double sign : {1.0, -1.0}) {
    one.values.emplace_back();
    for (std::size_t s = 0; s < 8; ++s) one.values.back().push_back(sign * (s < 3 ? 1.1 : -1.0));
  }
  one.values.emplace_back(8, 9.0);
  other = one;
  const Agreement together = agreement({one, other}, {{0, 1}}, quick());
  EXPECT_EQ(together.interval.low, 1);
  other.sample = 1;
  const Agreement apart = agreement({one, other}, {{0, 1}}, quick());
  EXPECT_LT(apart.interval.low, 0.5);
}

TEST(Agreement, IsTheSameInEveryCall) {
  const std::vector<SettingValues> settings = {setting_of({1, 2, 3, 4}, 8, 2),
                                               setting_of({1, 2, 4, 3}, 8, 2, 1)};
  const Agreement once = agreement(settings, {{0, 1}}, quick()),
                  again = agreement(settings, {{0, 1}}, quick());
  EXPECT_EQ(once.p_carried, again.p_carried);
  EXPECT_EQ(once.interval.low, again.interval.low);
}

TEST(SelfAgreement, IsTheMeanOverAllHalves) {
  // Halves {0, 1}: means 1 2 and 2 1, tau -1; {0, 2} and {1, 2} with {1, 3} and {0, 3}: 1.5 1.5, no order, 0.
  const SettingValues setting{{{1, 1, 2, 2}, {2, 2, 1, 1}}, 0};
  EXPECT_THAT(self_agreement(setting), Optional(DoubleNear(-1.0 / 3, 1e-15)));
  EXPECT_THAT(self_agreement(setting_of({1, 2, 3}, 7, 0.1)), Optional(1.0));
  EXPECT_THAT(self_agreement(setting_of({1, 2, 3}, 30, 0.1)), Optional(1.0)) << "of random halves";
  EXPECT_FALSE(self_agreement(setting_of({1, 2, 3}, 1, 0.1)));
}

TEST(Carrying, FollowsTheAdjustedP) {
  EXPECT_EQ(carrying(0.05, 1), Carrying::carries_over);
  EXPECT_EQ(carrying(1, 0.01), Carrying::turns);
  EXPECT_EQ(carrying(0.06, 0.06), Carrying::not_known);
  EXPECT_EQ(carrying(0.06, 1, 0.1), Carrying::carries_over);
}

/// How often a verdict is given of settings with these means and normal seeds of SD 1.
std::pair<double, double> verdicts(const std::vector<double>& first, const std::vector<double>& second,
                                   std::size_t seeds) {
  constexpr std::size_t repetitions = 200;
  base::Stream stream(1, "statistics", "agreement_test");
  const auto drawn = [&](const std::vector<double>& means, std::size_t sample) {
    SettingValues setting = setting_of(means, seeds, 0, sample);
    for (auto& values : setting.values)
      for (double& value : values) value += stream.normal();
    return setting;
  };
  double carried = 0, turned = 0;
  for (std::size_t repetition = 0; repetition < repetitions; ++repetition) {
    const Agreement agreement = stats::agreement({drawn(first, 0), drawn(second, 1)}, {{0, 1}}, quick());
    const Carrying verdict = carrying(agreement.p_carried, agreement.p_turned);
    carried += verdict == Carrying::carries_over;
    turned += verdict == Carrying::turns;
  }
  return {carried / repetitions, turned / repetitions};
}

TEST(Agreement, IsSeldomClaimedOfEncodingsThatAreAlike) {
  for (const std::size_t seeds : {6, 10}) {
    const auto [carried, turned] = verdicts({9, 9, 9, 9}, {9, 9, 9, 9}, seeds);
    EXPECT_LE(carried, 0.05) << seeds;
    EXPECT_LE(turned, 0.05) << seeds;
  }
}

TEST(Agreement, IsFoundWhereTheOrderIsPlain) {
  EXPECT_GE(verdicts({1, 3, 5, 7}, {2, 4, 6, 8}, 10).first, 0.9);
  EXPECT_GE(verdicts({1, 3, 5, 7}, {8, 6, 4, 2}, 10).second, 0.9);
}

}  // namespace
}  // namespace pebench::stats
