#include "host/worker/tensor/randomness.h"

#include <gtest/gtest.h>

#include "host/worker/tensor/parameters.h"

namespace pebench::tensor {
namespace {

TEST(Dropout, TheKernelDrawsTheStreamsOwnBlocks) {
  // 16 blocks are drawn side by side; within a group, word w of block i serves elements 2wn + i and (2w + 1)n
  // + i, n = 16.
  const base::Stream stream = base::Stream(4, "dropout").at(9);
  Randomness randomness(stream, true);
  const std::int64_t count = 300;
  Tensor kept = randomness.dropout(at::ones({count}, at::kDouble), 0.5);
  for (std::int64_t e = 0; e < count; ++e) {
    const std::int64_t group = e / 128, place = e % 128, half = place / 16, lane = place % 16;
    const std::uint32_t word = stream.block(group * 16 + lane, 9)[half / 2];
    const std::uint32_t bits = half % 2 == 0 ? word & 0xFFFF : word >> 16;
    EXPECT_EQ(kept[e].item<double>(), bits < 32768 ? 2.0 : 0.0) << e;
  }
}

TEST(Dropout, RequestsOfAPassDoNotOverlap) {
  Randomness a(base::Stream(4, "dropout"), true), b(base::Stream(4, "dropout"), true);
  const Tensor ones = at::ones({1000}, at::kFloat);
  Tensor first = a.dropout(ones, 0.5), second = a.dropout(ones, 0.5);
  EXPECT_FALSE(at::equal(first, second));
  EXPECT_TRUE(at::equal(first, b.dropout(ones, 0.5)));
  EXPECT_TRUE(at::equal(second, b.dropout(ones, 0.5)));
}

TEST(Dropout, SameMaskInEveryPrecision) {
  Randomness a(base::Stream(4, "dropout"), true), b(base::Stream(4, "dropout"), true);
  EXPECT_TRUE(at::equal(a.dropout(at::ones({500}, at::kDouble), 0.3).ne(0),
                        b.dropout(at::ones({500}, at::kFloat), 0.3).ne(0)));
}

TEST(Dropout, ExtremesAndEvaluation) {
  const Tensor x = at::arange(10, at::kFloat);
  EXPECT_TRUE(at::equal(Randomness(base::Stream(1, "dropout"), true).dropout(x, 0.0), x));
  EXPECT_TRUE(at::equal(Randomness(base::Stream(1, "dropout"), false).dropout(x, 0.5), x));
  EXPECT_TRUE(at::equal(Randomness(base::Stream(1, "dropout"), true).dropout(x, 1.0), at::zeros_like(x)));
}

TEST(ParameterSet, ValuesDependOnSeedAndNameAlone) {
  ParameterSet one(1, at::TensorOptions(at::kDouble)), other(1, at::TensorOptions(at::kDouble)),
      seed(2, at::TensorOptions(at::kDouble));
  one.declare("a", {4, 3}, Initial::xavier());
  const Tensor b = one.declare("b", {4, 3}, Initial::xavier()).value;
  EXPECT_TRUE(at::equal(b, other.declare("b", {4, 3}, Initial::xavier()).value))
      << "order of declaration must not matter";
  EXPECT_FALSE(at::equal(b, one.at("a").value));
  EXPECT_FALSE(at::equal(b, seed.declare("b", {4, 3}, Initial::xavier()).value));
  EXPECT_EQ(one.count(), 24);
  EXPECT_EQ(one.count("a"), 12);
  EXPECT_THROW(one.declare("a", {1}, Initial::xavier()), std::logic_error);
}

TEST(ParameterSet, InitialDistributions) {
  ParameterSet set(1, at::TensorOptions(at::kDouble));
  const Tensor xavier = set.declare("xavier", {300, 100}, Initial::xavier()).value;
  const double bound = std::sqrt(6.0 / 400);
  EXPECT_LE(xavier.abs().max().item<double>(), bound);
  EXPECT_NEAR(xavier.std().item<double>(), bound / std::sqrt(3.0), 0.02 * bound);
  const Tensor normal = set.declare("normal", {30000}, Initial::normal(1.0, 0.5)).value;
  EXPECT_NEAR(normal.mean().item<double>(), 1.0, 5 * 0.5 / std::sqrt(30000.0));
  EXPECT_NEAR(normal.std().item<double>(), 0.5, 0.02);
  const Tensor cut = set.declare("cut", {30000}, {Initial::Kind::truncated_normal, 1.0, 0.5, {}}).value;
  EXPECT_LE((cut - 1.0).abs().max().item<double>(), 1.0);
  EXPECT_GT((cut - 1.0).abs().max().item<double>(), 0.95);
  const Tensor uniform = set.declare("uniform", {30000}, {Initial::Kind::uniform, -1.0, 3.0, {}}).value;
  EXPECT_GE(uniform.min().item<double>(), -1.0);
  EXPECT_LT(uniform.max().item<double>(), 3.0);
  EXPECT_NEAR(uniform.mean().item<double>(), 1.0, 0.05);
}

}  // namespace
}  // namespace pebench::tensor
