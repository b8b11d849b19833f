// CAPE while training: what it adds to positions, read off a sinusoid of frequency 1.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/plugin_instance.h"

namespace pebench::test {
namespace {

constexpr std::int64_t width = 2;  // one frequency, of 1 radian per slot

class Cape {
 public:
  Cape(double global_shift, double local_shift, double global_scaling)
      : instance_(std::string(PEBENCH_PLUGIN_DIR) + "/cape.so", "cape",
                  {{"max_global_shift", global_shift},
                   {"max_local_shift", local_shift},
                   {"max_global_scaling", global_scaling}},
                  model_of(1, width, 8), at::kDouble, /*training=*/true) {}

  void begin() { instance_.begin(); }

  /// Where training puts events that stand at these positions [L], in (-pi, pi]: [rows, L].
  Tensor places(std::int64_t rows, const Tensor& position,
                backbone::Sequence::Role role = backbone::Sequence::Role::profile) {
    backbone::Sequence sequence;
    sequence.role = role;
    sequence.training = true;
    sequence.position = position.unsqueeze(0);
    sequence.mask = at::ones({rows, position.size(0)}, at::kBool);
    const Tensor e = instance_->input(sequence, at::zeros({rows, position.size(0), width}, at::kDouble));
    return at::atan2(e.select(2, 0), e.select(2, 1));
  }

 private:
  PluginInstance instance_;
};

/// The greatest distance of the values' distribution from the uniform one on [-1, 1], in units of 1/sqrt(n)
/// (Kolmogorov): beyond 1.95 once in a thousand samples.
double distance_from_uniform(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double expected = 0.5 * (values[i] + 1.0);
    distance = std::max({distance, std::abs(expected - static_cast<double>(i) / n),
                         std::abs(expected - static_cast<double>(i + 1) / n)});
  }
  return distance * std::sqrt(n);
}

constexpr int passes = 2000;
constexpr double one_in_a_thousand = 1.95;
const auto candidates = backbone::Sequence::Role::candidates;

TEST(Cape, MovesProfileAndCandidatesOfAPassAlike) {
  Cape cape(1.5, 0.0, 1.0);
  const Tensor position = at::arange(0, 2, at::kLong);
  std::vector<double> shifts;
  for (int pass = 0; pass < passes; ++pass) {
    cape.begin();
    const Tensor shift = cape.places(2, position) - position;
    shifts.push_back(shift[0][0].item<double>() / 1.5);
    EXPECT_TRUE(at::allclose(shift, shift[0][0].expand({2, 2}), 1e-12, 1e-12));
    // More rows than the profile, as targets beside their negatives are.
    const Tensor of_candidates = cape.places(6, position, candidates) - position;
    EXPECT_TRUE(at::allclose(of_candidates, shift[0][0].expand({6, 2}), 1e-12, 1e-12));
  }
  EXPECT_LT(distance_from_uniform(shifts), one_in_a_thousand);
}

TEST(Cape, ScalesAllPositionsOfAPassAlike) {
  Cape cape(0.0, 0.0, 1.5);
  const Tensor position = at::arange(1, 3, at::kLong);
  std::vector<double> logarithms;
  for (int pass = 0; pass < passes; ++pass) {
    cape.begin();
    const Tensor factor = cape.places(2, position) / position;
    logarithms.push_back(std::log(factor[0][0].item<double>()) / std::log(1.5));
    EXPECT_TRUE(at::allclose(factor, factor[0][0].expand({2, 2}), 1e-12, 1e-12));
    EXPECT_TRUE(at::allclose(cape.places(6, position, candidates) / position, factor[0][0].expand({6, 2}),
                             1e-12, 1e-12));
  }
  EXPECT_LT(distance_from_uniform(logarithms), one_in_a_thousand);
}

TEST(Cape, MovesEveryEventOfTheProfileByItselfAndNoCandidate) {
  Cape cape(0.0, 0.5, 1.0);
  cape.begin();
  const Tensor position = at::arange(0, 2, at::kLong);
  const Tensor shift = ((cape.places(1000, position) - position) / 0.5).contiguous();
  const auto* first = shift.data_ptr<double>();
  EXPECT_LT(distance_from_uniform({first, first + shift.numel()}), one_in_a_thousand);
  EXPECT_TRUE(at::allclose(cape.places(3, position, candidates), position.to(at::kDouble).expand({3, 2}),
                           1e-12, 1e-12));
}

}  // namespace
}  // namespace pebench::test
