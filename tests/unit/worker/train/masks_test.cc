// Masked training: what is drawn, the rows made of it, and that a model learns from them.

#include "host/worker/train/masks.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <numeric>

#include "host/controller/data/columns.h"
#include "host/controller/data/synthetic.h"
#include "host/worker/backbone/bert4rec/bert4rec.h"
#include "host/worker/train/rows.h"
#include "host/worker/train/trainer.h"

namespace pebench::train {
namespace {

using ::testing::ElementsAre;

int masked_in(const std::vector<bool>& mask) {
  return static_cast<int>(std::count(mask.begin(), mask.end(), true));
}

TEST(Mask, HitsEachEventAsOftenAsItsSettingsSay) {
  contract::TrainSettings train;
  train.mask_share = 0.3;
  train.mask_last = 0.25;
  const base::Stream stream(1, "masks");
  constexpr int draws = 20000, events = 5;
  std::vector<int> hits(events, 0);
  int last_alone = 0;
  for (int i = 0; i < draws; ++i) {
    const auto mask = draw_mask(events, train, stream.at(i));
    ASSERT_GE(masked_in(mask), 1);
    for (int event = 0; event < events; ++event) hits[event] += mask[event];
    last_alone += masked_in(mask) == 1 && mask.back();
  }
  const double none = std::pow(0.7, events), usual = 0.75 * (0.3 + none / events);
  const double alone = 0.25 + 0.75 * (0.3 * std::pow(0.7, events - 1) + none / events);
  const auto expect = [&](int found, double probability) {
    EXPECT_NEAR(found, draws * probability, 5 * std::sqrt(draws * probability * (1 - probability)));
  };
  for (int event = 0; event < events - 1; ++event) expect(hits[event], usual);
  expect(hits.back(), 0.25 + usual);
  expect(last_alone, alone);
}

TEST(Mask, OfTheLastAloneIsCertainAtOne) {
  contract::TrainSettings train;
  train.mask_last = 1.0;
  for (int i = 0; i < 50; ++i)
    EXPECT_THAT(draw_mask(4, train, base::Stream(i, "masks")), ElementsAre(false, false, false, true));
}

TEST(KnownTimes, AreThoseOfEventsInSight) {
  EXPECT_THAT(known_times({10, 20, 30, 40}, {false, true, true, false}), ElementsAre(10, 10, 10, 40));
  EXPECT_THAT(known_times({10, 20, 30, 40}, {true, true, false, true}), ElementsAre(30, 30, 30, 30));
  EXPECT_THAT(known_times({10, 20}, {true, true}), ElementsAre(0, 0));
}

/// Adds waves of the position.
class Positions : public backbone::Encoding {
 public:
  Tensor input(const backbone::Sequence& sequence, const Tensor& x) override {
    const Tensor position = sequence.position.to(x.scalar_type()).unsqueeze(-1);
    return x + at::sin(position * at::arange(1, x.size(2) + 1, x.options()));
  }
};

class MaskedTraining : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::filesystem::temp_directory_path() / ("pebench-masks-" + std::to_string(::getpid()));
    data::SyntheticSettings synthetic;
    synthetic.users = 60;
    synthetic.items = 40;
    data::write_columns(folder_, data::synthesise(synthetic), {});
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(folder_); }

  MaskedTraining()
      : data_(data::Dataset::open(folder_, {"group"})), split_(data::make_split(data_, "leave_one_out")) {
    auto& s = spec_.settings;
    s.model.backbone = "bert4rec";
    s.model.width = 8;
    s.model.heads = 2;
    s.model.blocks = 1;
    s.model.max_len = 7;
    s.model.dropout = 0.0;
    s.protocol.attention = "masked";
    s.protocol.candidates = {"full"};
    s.train.negatives = 3;
    s.train.mask_share = 0.4;
  }

  inline static std::filesystem::path folder_;
  const data::Dataset data_;
  const data::Split split_;
  const RowMaker::Streams streams_{{1, "negatives"}, {1, "prefixes"}, {1, "masks"}, {1, "shuffles"}};
  contract::TrialSpec spec_;
};

TEST_F(MaskedTraining, RowsShowNoMaskedEventAndAskForNoOther) {
  const RowMaker rows(data_, split_, spec_.settings);
  const std::int64_t mask = data_.items() + 1;
  for (const data::User user : rows.trainable()) {
    const auto history = data_.history(user);
    const std::int64_t trained = split_.users[user].train_size, n = std::min<std::int64_t>(7, trained);
    for (int epoch = 0; epoch < 10; ++epoch) {
      const auto row = rows.training(user, streams_, epoch);
      ASSERT_EQ(row.profile.size(), n);
      ASSERT_EQ(row.targets.size(), n);
      for (std::int64_t i = 0; i < n; ++i) {
        const std::int64_t item = history.items[trained - n + i];
        const bool masked = row.profile.items[i] == mask;
        EXPECT_EQ(row.profile.items[i], masked ? mask : item);
        EXPECT_EQ(row.targets.items[i], masked ? item : 0);
        EXPECT_EQ(row.profile.times[i], history.times[trained - n + i] - data_.first_time());
      }
      EXPECT_GE(row.real_targets(), 1);
      EXPECT_EQ(static_cast<std::int64_t>(row.negatives.size()), 3 * row.real_targets());
    }
  }
}

TEST_F(MaskedTraining, MasksAreThoseOfTheEpochAndTheUser) {
  const RowMaker rows(data_, split_, spec_.settings);
  const data::User one = rows.trainable()[0], other = rows.trainable()[1];
  const auto first = rows.training(one, streams_, 0).profile.items;
  int changes = 0;
  for (int epoch = 1; epoch < 20; ++epoch) {
    rows.training(other, streams_, epoch);
    changes += rows.training(one, streams_, epoch).profile.items != first;
  }
  EXPECT_GT(changes, 10) << "drawn anew";
  EXPECT_EQ(rows.training(one, streams_, 0).profile.items, first) << "whatever was drawn in between";
}

TEST_F(MaskedTraining, TimesOfMaskedEventsAreHiddenWhereTargetsHaveNoContext) {
  spec_.settings.protocol.context_at_target = false;
  const RowMaker rows(data_, split_, spec_.settings);
  const data::User user = rows.trainable().front();
  const auto history = data_.history(user);
  const std::int64_t trained = split_.users[user].train_size;
  std::vector<std::int64_t> times;
  for (auto i = trained - std::min<std::int64_t>(7, trained); i < trained; ++i)
    times.push_back(history.times[i] - data_.first_time());
  int hidden = 0;
  for (int epoch = 0; epoch < 10; ++epoch) {
    const auto row = rows.training(user, streams_, epoch);
    std::vector<bool> mask;
    for (const auto item : row.profile.items) mask.push_back(item > data_.items());
    EXPECT_EQ(row.profile.times, known_times(times, mask));
    hidden += row.profile.times != times;
  }
  EXPECT_GT(hidden, 0);
}

TEST_F(MaskedTraining, RankingPutsTheMaskBehindOneEventLess) {
  for (const bool time_is_told : {true, false}) {
    spec_.settings.protocol.context_at_target = time_is_told;
    const RowMaker rows(data_, split_, spec_.settings);
    const data::User user = rows.trainable().front();
    const auto history = data_.history(user);
    const std::int64_t test = split_.users[user].test;
    ASSERT_GT(test, 7);
    const auto row = rows.evaluation(user, test);
    std::vector<std::int64_t> expected(history.items.begin() + test - 6, history.items.begin() + test);
    expected.push_back(data_.items() + 1);
    EXPECT_EQ(row.profile.items, expected);
    EXPECT_EQ(row.profile.times.back(), history.times[time_is_told ? test : test - 1] - data_.first_time());
    EXPECT_EQ(row.profile.context.size(), 6u * 7);
  }
}

TEST_F(MaskedTraining, AModelLearnsFromMasks) {
  auto& train = spec_.settings.train;
  train.objective = "softmax";
  train.epochs = 60;
  train.patience = 60;
  train.batch = 16;
  train.lr = 0.01;
  spec_.settings.model.activation = "gelu";
  tensor::ParameterSet parameters(1, at::TensorOptions(at::kFloat));
  bert4rec::Bert4Rec model(backbone::catalogue_config_of(spec_.settings, data_.items()), parameters);
  Positions positions;
  model.set_encoding(&positions);
  std::vector<double> losses;
  for (const auto& report : Trainer(spec_, data_, split_, model).run({}).epochs)
    losses.push_back(report.loss);
  const auto mean_of_ten = [](auto first) { return std::accumulate(first, first + 10, 0.0) / 10; };
  EXPECT_LT(mean_of_ten(losses.end() - 10), 0.96 * mean_of_ten(losses.begin()))
      << "blind to order it stays above";
}

}  // namespace
}  // namespace pebench::train
