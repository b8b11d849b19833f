#include "host/controller/plan/cost.h"

#include <gtest/gtest.h>

namespace pebench::plan {
namespace {

class Cost : public ::testing::Test {
 protected:
  double seconds() const { return guessed_seconds(trial_, data_); }

  PlannedDataset data_{"d", {}, {}, {}, 20000, 50000, 200000};
  contract::TrialSpec trial_;
};

TEST_F(Cost, GrowsWithWhatTheTrialDoes) {
  const double before = seconds();
  EXPECT_GT(before, 1.0);
  const auto grows = [&](auto& setting, auto larger) {
    const auto kept = setting;
    setting = larger;
    EXPECT_GT(seconds(), before);
    setting = kept;
  };
  auto& settings = trial_.settings;
  grows(settings.model.width, 180);
  grows(settings.model.blocks, 6);
  grows(settings.train.epochs, 400);
  grows(settings.protocol.candidates, std::vector<std::string>{"full", "full", "uniform:100", "popular:100"});
  grows(settings.protocol.selection, "max_test");
  grows(data_.items, 60000);
  grows(data_.events, 300000);
  data_.users = 21000, data_.events = 210000;  // of the same length
  EXPECT_GT(seconds(), before);
}

TEST_F(Cost, OfAnUntrainedModelIsItsEvaluation) {
  trial_.settings.train.epochs = 0;
  trial_.settings.protocol.candidates = {"uniform:10"};
  const double untrained = seconds();
  trial_.settings.protocol.candidates = {"full"};
  EXPECT_GT(seconds(), untrained);
  trial_.settings.train.epochs = 1;
  const double one = seconds();
  trial_.settings.train.epochs = 2;
  const double two = seconds();
  trial_.settings.train.epochs = 3;
  EXPECT_NEAR(seconds() - two, two - one, 1e-9 * two);
}

TEST_F(Cost, ACheckpointHoldsTheItemsFourTimesAndIsReplacedByAnother) {
  trial_.settings.model.width = 90;
  const double bytes = checkpoint_bytes(trial_, data_), items = 2.0 * 4 * 50001 * 90 * sizeof(float);
  EXPECT_GT(bytes, items);
  EXPECT_LT(bytes, 1.1 * items);
  trial_.settings.train.epochs = 0;
  EXPECT_EQ(checkpoint_bytes(trial_, data_), 0);
}

TEST_F(Cost, WhatIsKeptGrowsWithTheUsersThatAreRanked) {
  trial_.settings.protocol.candidates = {"full"};
  const double one_set = kept_bytes(trial_, data_);
  EXPECT_GT(one_set, 2.0 * static_cast<double>(data_.users));
  trial_.settings.protocol.candidates = {"full", "uniform:100"};
  const double two_sets = kept_bytes(trial_, data_);
  EXPECT_GT(two_sets, one_set);
  trial_.settings.protocol.selection = "max_test";
  EXPECT_GT(kept_bytes(trial_, data_), two_sets);
}

}  // namespace
}  // namespace pebench::plan
