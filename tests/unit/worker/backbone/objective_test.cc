#include "host/worker/backbone/objective.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "host/base/random.h"

namespace pebench::backbone {
namespace {

Tensor drawn(at::IntArrayRef shape, const char* name) {
  base::Stream stream(1, "test", name);
  Tensor made = at::empty(shape, at::kDouble);
  for (std::int64_t i = 0; i < made.numel(); ++i) made.data_ptr<double>()[i] = stream.normal();
  return made.set_requires_grad(true);
}

TEST(Softmax, InTilesIsTheFormulaWithItsGradients) {
  // 700,000 items: a tile has one row, and three targets three tiles.
  for (const std::int64_t items : {50LL, 700'000LL}) {
    const Tensor states = drawn({3, 4}, "states"), table = drawn({items, 4}, "items");
    const Tensor target = at::tensor(std::vector<std::int64_t>{7, 0, items - 1});
    const auto found = [&](Tensor (*sum)(const Tensor&, const Tensor&, const Tensor&)) {
      for (const Tensor* x : {&states, &table}) x->mutable_grad() = Tensor();
      const Tensor loss = sum(states, table, target) / 3.0;
      loss.backward();
      return std::vector<Tensor>{loss.detach(), states.grad(), table.grad()};
    };
    const auto plain = found(plain_softmax_sum), tiled = found(softmax_sum);
    for (std::size_t i = 0; i < plain.size(); ++i)
      EXPECT_LE((plain[i] - tiled[i]).abs().max().item<double>(), 1e-9 * plain[i].abs().max().item<double>())
          << i;
  }
}

TEST(Softmax, HasFiniteLogitsOnly) {
  const Tensor states = at::full({1, 1}, 1e5, at::kDouble),
               table = at::tensor({1.0, 0.0}).view({2, 1}).to(at::kDouble);
  EXPECT_EQ(softmax_sum(states, table, at::zeros({1}, at::kLong)).item<double>(), 0.0);
}

/// The mean of exp(loss) over many draws against the sum over all items: exp(loss) = sum / exp(s).
TEST(SampledSoftmax, EstimatesTheSumOverAllWithoutBias) {
  constexpr std::int64_t items = 12, n = 3, repetitions = 40000;
  base::Stream stream(3, "test", "draws");
  const Tensor logits = drawn({items}, "logits").detach();
  std::vector<double> weights, cumulated;
  double total = 0;
  for (std::int64_t i = 0; i < items; ++i) {
    weights.push_back(0.2 + stream.uniform());
    total += weights.back();
    cumulated.push_back(total);
  }
  std::vector<std::int64_t> draws;
  for (std::int64_t i = 0; i < n * repetitions; ++i)
    draws.push_back(std::lower_bound(cumulated.begin(), cumulated.end(), total * stream.uniform()) -
                    cumulated.begin());
  const Tensor index = at::tensor(draws).view({repetitions, n});
  const Tensor log_q = (at::tensor(weights, at::kDouble) / total).log();
  const double target = 0.7;  // of an item that is never drawn
  double sum = 0, squares = 0;
  for (std::int64_t r = 0; r < repetitions; ++r) {
    const Tensor row = index[r];
    const double estimate = std::exp(sampled_softmax_sum(at::full({1}, target, at::kDouble),
                                                         logits.index_select(0, row).unsqueeze(0),
                                                         log_q.index_select(0, row).unsqueeze(0))
                                         .item<double>());
    sum += estimate, squares += estimate * estimate;
  }
  const double mean = sum / repetitions;
  const double error = std::sqrt((squares / repetitions - mean * mean) / repetitions);
  const double expected = (std::exp(target) + logits.exp().sum().item<double>()) / std::exp(target);
  EXPECT_NEAR(mean, expected, 4 * error);
  EXPECT_LT(error, 0.02 * expected);
}

TEST(SampledSoftmax, LeavesOutWhatIsNotToCount) {
  const Tensor target = at::full({1}, 0.3, at::kDouble), negatives = at::full({1, 2}, 50.0, at::kDouble);
  const Tensor never = at::full({1, 2}, std::numeric_limits<double>::infinity(), at::kDouble);
  EXPECT_NEAR(sampled_softmax_sum(target, negatives, never).item<double>(), 0.0, 1e-12);
}

TEST(Calibrated, IsBinaryAtZeroAndWeighsTheTargetLessAtOne) {
  const Tensor target = at::full({1}, -2.0, at::kDouble), negatives = at::full({1, 4}, -1.0, at::kDouble);
  const auto sum = [&](Objective::Kind kind, double t) {
    return binary_sum({kind, t}, 101, target, negatives).item<double>();
  };
  const double plain = sum(Objective::Kind::binary, 0.0);
  EXPECT_NEAR(sum(Objective::Kind::calibrated, 0.0), plain, 1e-12);
  // At t = 1 the target counts alpha = n / (items - 1) = 0.04 as much (arXiv 2308.07192, equations 8 and 12).
  const double positive = std::log1p(std::exp(2.0)) / 5;
  EXPECT_NEAR(sum(Objective::Kind::calibrated, 1.0), plain - 0.96 * positive, 1e-12);
}

}  // namespace
}  // namespace pebench::backbone
