// FIRE with its first values: the threshold must have an effect on some queries of a window and a gradient
// from others (arXiv:2310.04418, section 3: it starts at 512 of 2048 positions).

#include <gtest/gtest.h>

#include <algorithm>

#include "host/worker/check/gradients.h"
#include "tests/support/plugin_instance.h"

namespace pebench::test {
namespace {

/// FIRE as a suite gets it that sets no option, in one block with a window of `length` slots.
class Fire {
 public:
  explicit Fire(std::int64_t length)
      : instance_(std::string(PEBENCH_PLUGIN_DIR) + "/fire.so", "fire", nlohmann::json::object(),
                  model_of(2, 2, length)) {}

  /// Of queries at these positions, each with the `distance` slots before it as keys: [1, H, queries,
  /// distance].
  Tensor bias(const std::vector<std::int64_t>& queries, std::int64_t distance) {
    std::vector<Tensor> rows;
    instance_.begin();
    for (const auto query : queries) {
      const Tensor key = at::arange(query - distance, query, at::kLong).unsqueeze(0);
      const auto zeros = [](std::int64_t length) { return at::zeros({1, 2, length, 2}, at::kDouble); };
      rows.push_back(instance_->bias(
          site_of(zeros(1), zeros(distance), zeros(distance), at::full({1, 1}, query, at::kLong), key)));
    }
    return at::cat(rows, 2);
  }

  Tensor threshold() { return instance_.parameter("m.0"); }

 private:
  PluginInstance instance_;
};

constexpr std::int64_t usual_lengths[] = {35, 50, 75};

TEST(Fire, SharesTheDistanceOutFromItsFirstValuesOn) {
  for (const auto length : usual_lengths) {
    Fire fire(length);
    at::NoGradGuard no_grad;
    const auto differ = [&](std::int64_t a, std::int64_t b) {
      return !at::equal(fire.bias({a}, 3), fire.bias({b}, 3));
    };
    EXPECT_FALSE(differ(3, length / 4)) << length << ": before the threshold the distance alone counts";
    EXPECT_TRUE(differ(length / 2, length / 2 + 1)) << length;
    EXPECT_TRUE(differ(length - 1, length)) << length << ": the candidates' position is one of them";
  }
}

TEST(Fire, MovesItsThresholdFromTheFirstStepOn) {
  for (const auto length : usual_lengths) {
    Fire fire(length);
    std::vector<std::int64_t> slots;
    for (std::int64_t slot = 3; slot <= length; ++slot) slots.push_back(slot);
    EXPECT_EQ(check::compare_gradients([&] { return fire.bias(slots, 3); }, {fire.threshold()}, {"m.0"}, 1),
              "");
    EXPECT_GT(std::abs(fire.threshold().grad().item<double>()), 1e-3) << length;
  }
}

}  // namespace
}  // namespace pebench::test
