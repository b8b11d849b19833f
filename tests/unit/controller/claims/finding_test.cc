#include "host/controller/claims/finding.h"

#include <gmock/gmock.h>

#include "host/base/error.h"
#include "host/controller/stats/deviation.h"
#include "host/controller/stats/deviation_ratio.h"
#include "host/controller/stats/interval.h"
#include "host/controller/stats/sign_flip.h"
#include "tests/unit/controller/claims/trials.h"

namespace pebench::claims {
namespace {

using testing::HasSubstr;

const std::vector<double> a = {.412, .398, .431, .405, .420, .389, .415, .402, .427, .410};
const std::vector<double> b = {.401, .399, .412, .400, .411, .392, .402, .398, .409, .405};
const std::vector<double> wide = {.31, .52, .40, .28, .55, .47, .36, .60, .25, .44};

Finding finding(const std::string& claim, const Observations& observations) {
  return answer_to(claim, observations).datasets.front().findings.front();
}

Finding finding(const std::string& claim) {
  return finding(claim, observed({{"a", a}, {"b", b}, {"wide", wide}}));
}

TEST(Finding, MeansOfEncodingsAreTestedBySignFlips) {
  const Finding result = finding("mean(a) > mean(b)");
  EXPECT_EQ(result.method, Method::sign_flip);
  EXPECT_EQ(result.p, 0.009765625);  // R, all 1024 sign vectors of a - b
  EXPECT_NEAR(result.difference, 0.008, 1e-14);
  EXPECT_TRUE(result.holds);
  EXPECT_FALSE(finding("mean(a) < mean(b)").holds);
}

TEST(Finding, WeightedMeansAreOneNumberPerSeed) {
  std::vector<double> sums;
  for (std::size_t s = 0; s < a.size(); ++s) sums.push_back(a[s] - (b[s] + wide[s]) / 2 - 0.001);
  const Finding result = finding("mean(a) > (mean(b) + mean(wide)) / 2 + 0.001");
  EXPECT_EQ(result.method, Method::sign_flip);
  EXPECT_EQ(result.p, stats::sign_flip_test({{sums}}, 0)[0][0].p);
}

TEST(Finding, AMeanAndANumberAreTestedByT) {
  EXPECT_EQ(finding("mean(a) > 0.40").method, Method::t);
  EXPECT_NEAR(finding("mean(a) > 0.40").p, 0.0265607234532849, 1e-12);  // R: t.test(a, mu = .40)$p.value
  EXPECT_NEAR(finding("0.8 < 2 * mean(a)").p, 0.0265607234532849, 1e-12);
  EXPECT_TRUE(finding("0.8 < 2 * mean(a)").holds);
}

TEST(Finding, TwoDeviationsAreTestedByExchanges) {
  const Finding result = finding("sd(a) < sd(wide)");
  EXPECT_EQ(result.method, Method::exchange);
  EXPECT_EQ(result.p, stats::test_deviations(a, wide, stats::Design::paired, 0)->p);
  EXPECT_TRUE(result.holds);
  EXPECT_EQ(finding("sd(wide) - sd(a) > 0").p, result.p);
  EXPECT_LT(result.difference, 0);
  EXPECT_GT(finding("sd(wide) > sd(a)").difference, 0);
  EXPECT_TRUE(finding("sd(wide) > sd(a)").holds);
}

TEST(Finding, AWeightOfADeviationIsAScaleOfItsValues) {
  std::vector<double> halved = wide;
  for (double& value : halved) value *= 0.5;
  EXPECT_EQ(finding("sd(a) < 0.5 * sd(wide)").p,
            stats::test_deviations(a, halved, stats::Design::paired, 0)->p);
}

TEST(Finding, MeanDeviationsAreTestedByExchangesToo) {
  const Finding result = finding("deviation(a) < deviation(wide)");
  EXPECT_EQ(result.method, Method::exchange);
  EXPECT_EQ(result.p, finding("sd(a) < sd(wide)").p);
  EXPECT_NEAR(result.difference, stats::mean_deviation(a) - stats::mean_deviation(wide), 1e-15);
  EXPECT_EQ(finding("deviation(a) < 0.1").method, Method::jackknife);
}

TEST(Finding, EncodingsWithoutCommonSeedsAreTestedAsIndependent) {
  const std::vector<double> none(6, NAN);
  std::vector<double> early = {.30, .31, .29, .30, .32, .28}, late = {.40, .42, .39, .41, .43, .38};
  early.insert(early.end(), none.begin(), none.end());
  late.insert(late.begin(), none.begin(), none.end());
  Observations observations = observed({{"early", early}, {"late", late}});
  for (auto& [encoding, trials] : observations.trials)
    for (auto& trial : trials)
      if (trial->failed) trial.reset();
  const Finding result = finding("mean(early) < mean(late)", observations);
  EXPECT_EQ(result.method, Method::permutation);
  EXPECT_EQ(result.seeds, 6u);
  EXPECT_NEAR(result.p, 2.0 / 924, 1e-12) << "of all choices of 6 among 12 only two separate them";
  EXPECT_EQ(finding("sd(early) < sd(late)", observations).method, Method::exchange);
  EXPECT_EQ(finding("cv(early) < cv(late)", observations).method, Method::exchange);
  EXPECT_FALSE(finding("cv(early) < 0.1 * mean(late)", observations).method);
}

TEST(Finding, ADeviationAndANumberAreTestedByBonettsInterval) {
  const Finding result = finding("sd(a) < 0.03");
  EXPECT_EQ(result.method, Method::bonett);
  EXPECT_NEAR(result.p, 0.0109243444825674, 1e-9);  // R: the z at which the interval reaches .03
  EXPECT_TRUE(result.holds);
}

TEST(Finding, AFailureRateAndANumberAreTestedExactly) {
  const Observations observations = observed({{"a", {NAN, NAN, NAN, .4, .4, .4, .4, .4, .4, .4}}});
  const Finding result = finding("failure_rate(a) > 0.1", observations);
  EXPECT_EQ(result.method, Method::binomial);
  EXPECT_NEAR(result.p, 0.1403816528, 1e-12);  // R: 2 * pbinom(2, 10, .1, lower.tail = FALSE)
  EXPECT_NEAR(result.difference, 0.2, 1e-15);
  EXPECT_EQ(finding("failure_rate(a) < 1.5", observations).p, 0);
}

TEST(Finding, FailureRatesAreTestedBySignFlipsWhichIsMcNemarsExactTest) {
  const double ok = .4;
  const Finding result = finding("failure_rate(a) > failure_rate(b)",
                                 observed({{"a", {NAN, NAN, NAN, NAN, NAN, NAN, NAN, ok, ok, NAN}},
                                           {"b", {ok, ok, ok, ok, ok, ok, ok, NAN, ok, NAN}}}));
  EXPECT_EQ(result.method, Method::sign_flip);
  EXPECT_EQ(result.seeds, 10u);
  EXPECT_EQ(result.p, 0.0703125);  // R: binom.test(1, 8)$p.value
}

TEST(Finding, EverythingElseIsTestedByTheJackknife) {
  const Finding result = finding("cv(a) > 0.02");
  EXPECT_EQ(result.method, Method::jackknife);
  EXPECT_NEAR(result.p, 0.112942532698031, 1e-11);  // R: see jackknife_test.cc of stats
  EXPECT_EQ(finding("sd(a) + sd(b) < sd(wide)").method, Method::jackknife);
  EXPECT_EQ(finding("sd(a) < sd(b) + 0.01").method, Method::jackknife);
  EXPECT_EQ(finding("mean(a) * mean(b) > 0.001").method, Method::jackknife);
  EXPECT_LE(finding("cv(a) > 0.02").strength, stats::Strength::weak) << "however many seeds there are";
}

TEST(Finding, TheSameSentenceHasTheSameAnswerHoweverItIsWritten) {
  const auto same = [](const std::string& plain, const std::vector<std::string>& others) {
    const Finding expected = finding(plain);
    for (const std::string& other : others) {
      const Finding found = finding(other);
      EXPECT_EQ(found.method, expected.method) << other;
      EXPECT_EQ(found.p, expected.p) << other;
      EXPECT_EQ(found.holds, expected.holds) << other;
      EXPECT_EQ(found.strength, expected.strength) << other;
    }
  };
  same("sd(a) < sd(wide)", {"sd(a) / sd(wide) < 1", "1 > sd(a) / sd(wide)", "2 * sd(a) < 2 * sd(wide)"});
  same("mean(a) > 1.5 * mean(b)", {"mean(a) / mean(b) > 1.5", "1.5 < mean(a) / mean(b)"});
  EXPECT_EQ(finding("cv(a) < cv(wide)").method, Method::exchange);
}

TEST(Finding, ReadsOtherMetricsOfTheSameCandidates) {
  EXPECT_THAT(
      metrics_of(parse("hr@5(a) > ndcg(b) and sd(a) < 1", {"a", "b"}), "test.uniform:100.mrr"),
      testing::ElementsAre("test.uniform:100.hr@5", "test.uniform:100.mrr", "test.uniform:100.ndcg@10"));
  Observations observations = observed({{"a", a}});
  for (auto& trial : observations.trials["a"]) trial->metrics["test.full.hr@5"] = 2 * trial->metrics[metric];
  EXPECT_NEAR(finding("hr@5(a) > 0.80", observations).p, 0.0265607234532849, 1e-12);
}

TEST(Finding, AMetricThatWasNotMeasuredIsAnError) {
  try {
    finding("hr@7(a) > 0.8");
    FAIL();
  } catch (const base::InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("test.full.hr@7"));
    EXPECT_THAT(error.what(), HasSubstr("beauty"));
  }
}

TEST(Finding, OnlySeedsThatAllFinishedCount) {
  std::vector<double> more_a = a, more_b = b;
  more_a.push_back(NAN);
  more_b.push_back(.9);
  Observations observations = observed({{"a", more_a}, {"b", more_b}});
  EXPECT_EQ(finding("mean(a) > mean(b)", observations).seeds, 10u);
  EXPECT_EQ(finding("mean(a) > mean(b)", observations).p, 0.009765625);

  observations.trials["b"][0] = std::nullopt;  // not run: no failure either
  EXPECT_EQ(finding("mean(a) > mean(b)", observations).seeds, 9u);
  EXPECT_EQ(finding("failure_rate(b) < 0.5", observations).seeds, 10u);
}

std::vector<double> first(std::size_t count, const std::vector<double>& values) {
  return {values.begin(), values.begin() + count};
}

TEST(SeedPolicy, MeansSpeakFromSixSeedsAndAreFirmFromTen) {
  const auto with = [](std::size_t n) {
    return finding(
        "mean(b) > mean(a)",
        observed({{"a", std::vector(n, .1)}, {"b", first(n, {.2, .3, .2, .3, .2, .3, .2, .3, .2, .3})}}));
  };
  EXPECT_EQ(with(5).strength, stats::Strength::none);
  EXPECT_EQ(with(5).p, 1);
  EXPECT_EQ(with(5).more_seeds, 6u);
  EXPECT_EQ(with(6).strength, stats::Strength::weak);
  EXPECT_EQ(with(6).p, 0.03125);
  EXPECT_EQ(with(6).more_seeds, 10u);
  EXPECT_EQ(with(10).strength, stats::Strength::firm);
  EXPECT_FALSE(with(10).more_seeds);
}

TEST(SeedPolicy, StabilitySpeaksFromTenSeedsAndIsFirmFromTwenty) {
  const auto with = [](std::size_t n) {
    std::vector<double> calm, wild;
    for (std::size_t s = 0; s < n; ++s) {
      calm.push_back(0.3 + 0.001 * std::sin(7.0 * static_cast<double>(s)));
      wild.push_back(0.3 + 0.1 * std::cos(5.0 * static_cast<double>(s)));
    }
    return finding("sd(calm) < sd(wild)", observed({{"calm", calm}, {"wild", wild}}));
  };
  EXPECT_EQ(with(9).strength, stats::Strength::none);
  EXPECT_EQ(with(9).p, 1);
  EXPECT_EQ(with(9).more_seeds, 10u);
  EXPECT_EQ(with(10).strength, stats::Strength::exploratory);
  EXPECT_LT(with(10).p, 0.05);
  EXPECT_EQ(with(10).more_seeds, 20u);
  EXPECT_EQ(with(20).strength, stats::Strength::firm);
  EXPECT_FALSE(with(20).more_seeds);
}

TEST(SeedPolicy, UndecidedComparisonsSayWhatMoreSeedsMayDecide) {
  const Finding result = finding("mean(wide) > mean(a)");
  EXPECT_GT(result.p, 0.05);
  // R: ceiling(10 * ((qnorm(.975) + qnorm(.8)) / qnorm(1 - p / 2))^2), where p is that of t.test(wide - a),
  // 0.860777, and of t.test(a, mu = .404), 0.127998
  EXPECT_EQ(result.more_seeds, 2552u);
  EXPECT_EQ(finding("mean(a) > 0.404").more_seeds, 34u);
  EXPECT_FALSE(finding("mean(a) > mean(a)").more_seeds);
}

TEST(SeedPolicy, HardlyAnySeedsAreNoError) {
  EXPECT_EQ(finding("mean(a) > 0.1", observed({{"a", {.2}}})).p, 1);
  EXPECT_EQ(finding("sd(a) > 0.1", observed({{"a", {NAN, NAN}}})).seeds, 0u);
  EXPECT_FALSE(finding("cv(a) > 0.1", observed({{"a", {.1, .2}}})).method);
}

}  // namespace
}  // namespace pebench::claims
