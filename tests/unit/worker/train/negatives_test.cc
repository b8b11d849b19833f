#include "host/worker/train/negatives.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>

#include "host/controller/data/columns.h"
#include "host/controller/data/synthetic.h"

namespace pebench::train {
namespace {

class Negatives : public testing::Test {
 protected:
  Negatives() {
    data::SyntheticSettings synthetic;
    synthetic.users = 40;
    synthetic.items = 16;
    data::write_columns(folder_, data::synthesise(synthetic), {});
  }
  ~Negatives() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("pebench-negatives-" + std::to_string(getpid()));
};

TEST_F(Negatives, AreDrawnAsOftenAsTheirSettingSays) {
  const auto data = data::Dataset::open(folder_, {});
  const auto split = data::make_split(data, "leave_one_out");
  const auto counts = data::training_counts(data, split);
  const std::vector<data::Item> own = {2, 5};
  for (const char* from : {"uniform", "popular"}) {
    contract::TrainSettings train;
    train.negatives_from = from;
    const NegativeSampler sampler(data, split, train);
    std::vector<double> weights(data.items() + 1, 0.0), drawn(data.items() + 1, 0.0);
    double total = 0;
    for (data::Item item = 1; item <= data.items(); ++item) {
      if (item == 2 || item == 5) continue;
      weights[item] = std::string(from) == "uniform" ? 1.0 : static_cast<double>(counts[item]);
      total += weights[item];
    }
    base::Stream stream(1, "test", from);
    constexpr int draws = 50000;
    for (int i = 0; i < draws; ++i) ++drawn[sampler.draw(stream, own)];
    EXPECT_EQ(drawn[0] + drawn[2] + drawn[5], 0) << from;
    double all = 0;
    for (data::Item item = 1; item <= data.items(); ++item) {
      const double expected = draws * weights[item] / total;
      EXPECT_NEAR(drawn[item], expected, 5 * std::sqrt(expected) + 1e-9) << from << " " << item;
      all += sampler.probabilities()[item];
    }
    EXPECT_NEAR(all, 1.0, 1e-12);
  }
}

TEST_F(Negatives, AreOfTheTargetOfTheBatchOrNone) {
  const auto data = data::Dataset::open(folder_, {});
  const auto split = data::make_split(data, "leave_one_out");
  contract::TrainSettings train;
  train.negatives = 3;
  EXPECT_EQ(NegativeSampler(data, split, train).per_target(), 3);
  EXPECT_EQ(NegativeSampler(data, split, train).per_batch(), 0);
  train.negatives_per = "batch";
  const NegativeSampler shared(data, split, train);
  EXPECT_EQ(shared.per_target(), 0);
  EXPECT_EQ(shared.draw_shared(base::Stream(1, "test")).size(), 3u);
  EXPECT_EQ(shared.draw_shared(base::Stream(1, "test")), shared.draw_shared(base::Stream(1, "test")));
  train.objective = "softmax";
  EXPECT_EQ(
      NegativeSampler(data, split, train).per_target() + NegativeSampler(data, split, train).per_batch(), 0);
}

}  // namespace
}  // namespace pebench::train
