#include "host/controller/results/agreement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "host/base/hash.h"

namespace pebench::results {
namespace {

using ::testing::HasSubstr;

constexpr const char* ndcg = "test.full.ndcg@10";

contract::Record computed(double value) {
  contract::Record record;
  record.identity = {{"seed", 45}};
  record.id = base::sha256(record.identity.dump());
  record.result.chosen_epoch = 1;
  record.result.epochs = {{1, 0.69, 0.5, 0.0, {{"valid.full.ndcg@10", 0.25}}}};
  record.result.metrics = {{ndcg, value}};
  record.result.parameters = {1000, 90};
  record.run.cpu = "Some(R) Processor 9 avx2 avx512f";
  record.run.libtorch = "1.13.1";
  record.run.blas = "/usr/lib/libopenblasp-r0.3.21.so";
  return record;
}

contract::Record computed_elsewhere(double value) {
  contract::Record record = computed(value);
  record.run.cpu = "Some(R) Processor 8 avx2";
  return record;
}

TEST(Fingerprint, IsTheArithmeticAndNotTheMachine) {
  contract::Record record = computed(0.1), other = computed(0.1);
  other.run.cpu = "Another Processor avx2 avx512f";
  other.run.host = "elsewhere";
  other.run.seconds.total = 12;
  EXPECT_TRUE(fingerprint_of(record.run) == fingerprint_of(other.run));
  EXPECT_EQ(fingerprint_of(record.run).text(),
            "avx2 avx512f, LibTorch 1.13.1, /usr/lib/libopenblasp-r0.3.21.so");

  EXPECT_FALSE(fingerprint_of(record.run) == fingerprint_of(computed_elsewhere(0.1).run));
  other.run.libtorch = "2.4.0";
  EXPECT_FALSE(fingerprint_of(record.run) == fingerprint_of(other.run));
  other = record;
  other.run.blas = "/usr/lib/libblas.so.3";
  EXPECT_FALSE(fingerprint_of(record.run) == fingerprint_of(other.run));
}

TEST(Agreement, TheSameBitsAgreeEverywhere) {
  EXPECT_FALSE(agreement_of(computed(0.1), computed(0.1)).difference);
  EXPECT_FALSE(agreement_of(computed(0.1), computed_elsewhere(0.1)).difference);
  double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(agreement_of(computed(nan), computed(nan)).difference);
}

TEST(Agreement, BaselinesThatOneRecordLacksAreNoDifference) {
  contract::Record older = computed(0.1), newer = computed(0.1);
  older.result.baselines = {{"popularity", {{ndcg, 0.25}}}};
  newer.result.baselines = {{"popularity", {{ndcg, 0.25}}}, {"markov", {{ndcg, 0.5}}}};
  EXPECT_FALSE(agreement_of(older, newer).difference);
  EXPECT_FALSE(agreement_of(newer, older).difference);
  EXPECT_FALSE(agreement_of(computed(0.1), newer).difference);
  older.result.baselines["popularity"][ndcg] = 0.125;
  ASSERT_TRUE(agreement_of(older, newer).difference);
  EXPECT_EQ(agreement_of(older, newer).difference->place, std::string("/baselines/popularity/") + ndcg);
}

TEST(Agreement, OneBitIsADifferenceUnderOneFingerprintAlone) {
  double next = std::nextafter(0.1, 1.0);
  Agreement agreement = agreement_of(computed(0.1), computed(next));
  ASSERT_TRUE(agreement.difference);
  EXPECT_EQ(agreement.difference->place, std::string("/metrics/") + ndcg);
  EXPECT_NE(agreement.difference->first, agreement.difference->second);
  EXPECT_FALSE(agreement.agrees());
  EXPECT_TRUE(agreement_of(computed(0.1), computed_elsewhere(next)).agrees());
  EXPECT_TRUE(agreement_of(computed(0.0), computed(-0.0)).difference);
  EXPECT_TRUE(agreement_of(computed(0.0), computed_elsewhere(-0.0)).agrees());
}

TEST(Agreement, TheToleranceIsRelative) {
  EXPECT_TRUE(agreement_of(computed(0.1), computed_elsewhere(0.1 * (1 + 0.9 * tolerance))).agrees());
  EXPECT_FALSE(agreement_of(computed(0.1), computed_elsewhere(0.1 * (1 + 1.1 * tolerance))).agrees());
  EXPECT_TRUE(agreement_of(computed(1e-6), computed_elsewhere(1e-6 * (1 - 0.9 * tolerance))).agrees());
  EXPECT_FALSE(agreement_of(computed(1e-6), computed_elsewhere(0.0)).agrees());
}

TEST(Agreement, TellsTheLargestDifference) {
  contract::Record other = computed_elsewhere(0.10001);
  other.result.epochs[0].loss *= 1.5;
  Agreement agreement = agreement_of(computed(0.1), other);
  ASSERT_TRUE(agreement.difference);
  EXPECT_EQ(agreement.difference->place, "/epochs/0/loss");
  EXPECT_NEAR(agreement.difference->relative, 1.0 / 3, 1e-12);
  EXPECT_THAT(agreement.difference->text(), HasSubstr("/epochs/0/loss is 0.69 and 1.035"));
}

TEST(Agreement, WhatIsNoRealNumberHasNoTolerance) {
  contract::Record other = computed_elsewhere(0.1);
  other.result.chosen_epoch = 1000;
  contract::Record first = computed(0.1);
  first.result.chosen_epoch = 1001;
  EXPECT_FALSE(agreement_of(first, other).agrees());

  other = computed_elsewhere(0.1);
  other.result.metrics["test.full.hr@10"] = 0.5;
  Agreement agreement = agreement_of(computed(0.1), other);
  EXPECT_FALSE(agreement.agrees());
  EXPECT_EQ(agreement.difference->first, "nothing");
  EXPECT_FALSE(agreement_of(computed(0.1), computed_elsewhere(std::nan(""))).agrees());
}

TEST(Agreement, RanksAreComparedWhereBothHaveSome) {
  const auto with_ranks = [](contract::Record record, char digest, std::int64_t users) {
    record.result.ranks = {std::string(64, digest), {{"test", users}}, {}};
    return record;
  };
  const contract::Record first = with_ranks(computed(0.1), 'a', 10);
  EXPECT_TRUE(agreement_of(first, with_ranks(computed(0.1), 'a', 10)).agrees());
  const Agreement other = agreement_of(first, with_ranks(computed(0.1), 'b', 10));
  EXPECT_FALSE(other.agrees());
  EXPECT_EQ(other.difference->place, "/ranks/digest");
  EXPECT_FALSE(agreement_of(first, computed(0.1)).difference) << "an older version kept none";
  EXPECT_TRUE(agreement_of(first, with_ranks(computed_elsewhere(0.1), 'b', 10)).agrees());
  EXPECT_FALSE(agreement_of(first, with_ranks(computed_elsewhere(0.1), 'b', 11)).agrees());
}

TEST(Agreement, TheReasonOfAFailureMayQuoteOtherSizes) {
  contract::Record first = computed(0.1), second = computed(0.1);
  first.result.status = second.result.status = contract::Status::out_of_memory;
  first.result.reason = "stopped at 1.02 GiB";
  second.result.reason = "stopped at 1.04 GiB";
  EXPECT_TRUE(agreement_of(first, second).agrees());
  second.result.status = contract::Status::crashed;
  EXPECT_FALSE(agreement_of(first, second).agrees());
}

}  // namespace
}  // namespace pebench::results
