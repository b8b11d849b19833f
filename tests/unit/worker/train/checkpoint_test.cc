#include "host/worker/train/checkpoint.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "host/base/file.h"

namespace pebench::train {
namespace {

class CheckpointFile : public testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::temp_directory_path() / ("pebench-checkpoint-" + std::to_string(::getpid()));
    parameters_.declare("a", {3, 2}, tensor::Initial::normal(0.0, 1.0));
    parameters_.declare("b", {4}, tensor::Initial::normal(0.0, 1.0));
  }
  void TearDown() override { std::filesystem::remove(path_); }

  static void take_step(tensor::ParameterSet& parameters, Adam& adam) {
    adam.zero_gradients();
    Tensor loss = at::zeros({}, at::kFloat);
    for (auto& parameter : parameters.all()) loss = loss + (parameter.value.sin() * parameter.value).sum();
    loss.backward();
    adam.step(0.05);
  }
  static TrainingState state_after(const tensor::ParameterSet& parameters) {
    TrainingState state;
    state.epoch = 3;
    state.step = 17;
    state.stale = 2;
    state.best_epoch = 1;
    state.best = 0.1 + 0.2;
    for (const auto& parameter : parameters.all()) state.best_values.push_back(parameter.value.detach() * 3);
    state.best_metrics = {{"valid.full.mrr", 1.0 / 3}};
    state.chance = {{"valid.full.mrr", 1e-300}};
    state.reports.push_back({1, 0.5, 2.0, 0.25, {{"valid.full.mrr", 1.0 / 3}}, 1.5, 0.5});
    return state;
  }

  std::filesystem::path path_;
  tensor::ParameterSet parameters_{1, at::TensorOptions(at::kFloat)};
};

TEST_F(CheckpointFile, GoingOnGivesTheSameBits) {
  Adam adam(parameters_, 0.0);
  for (int i = 0; i < 3; ++i) take_step(parameters_, adam);
  const TrainingState saved = state_after(parameters_);
  Checkpoint(path_, "id").save(parameters_, adam, saved);

  tensor::ParameterSet other(2, at::TensorOptions(at::kFloat));
  other.declare("a", {3, 2}, tensor::Initial::normal(0.0, 1.0));
  other.declare("b", {4}, tensor::Initial::normal(0.0, 1.0));
  Adam other_adam(other, 0.0);
  TrainingState state;
  ASSERT_TRUE(Checkpoint(path_, "id").load(other, other_adam, state));
  EXPECT_EQ(state.epoch, 3);
  EXPECT_EQ(state.step, 17);
  EXPECT_EQ(state.stale, 2);
  EXPECT_EQ(state.best_epoch, 1);
  EXPECT_EQ(state.best, saved.best);
  EXPECT_EQ(state.best_metrics, saved.best_metrics);
  EXPECT_EQ(state.chance, saved.chance);
  ASSERT_EQ(state.reports.size(), 1u);
  EXPECT_EQ(state.reports[0].evaluation, saved.reports[0].evaluation);
  EXPECT_EQ(state.reports[0].oscillation, 0.25);
  for (int i = 0; i < 3; ++i) {
    take_step(parameters_, adam);
    take_step(other, other_adam);
  }
  for (const char* name : {"a", "b"})
    EXPECT_TRUE(at::equal(parameters_.at(name).value, other.at(name).value)) << name;
  EXPECT_TRUE(at::equal(state.best_values[1], saved.best_values[1]));
}

TEST_F(CheckpointFile, AnotherTrialsDamagedOrMissingFileChangesNothing) {
  Adam adam(parameters_, 0.0);
  take_step(parameters_, adam);
  TrainingState state;
  EXPECT_FALSE(Checkpoint(path_, "id").load(parameters_, adam, state));
  Checkpoint(path_, "id").save(parameters_, adam, state_after(parameters_));
  EXPECT_FALSE(Checkpoint(path_, "other").load(parameters_, adam, state));

  tensor::ParameterSet larger(1, at::TensorOptions(at::kFloat));
  larger.declare("a", {3, 3}, tensor::Initial::normal(0.0, 1.0));
  larger.declare("b", {4}, tensor::Initial::normal(0.0, 1.0));
  Adam larger_adam(larger, 0.0);
  const Tensor before = larger.at("a").value.detach().clone();
  EXPECT_FALSE(Checkpoint(path_, "id").load(larger, larger_adam, state));
  EXPECT_TRUE(at::equal(before, larger.at("a").value));

  const std::string whole = base::read_file(path_);
  for (std::size_t size : {std::size_t{0}, std::size_t{40}, whole.size() / 2, whole.size() - 1}) {
    base::write_atomically(path_, whole.substr(0, size));
    EXPECT_FALSE(Checkpoint(path_, "id").load(parameters_, adam, state)) << size << " bytes";
  }
  std::string flipped = whole;
  flipped[whole.size() - 5] ^= 1;
  base::write_atomically(path_, flipped);
  EXPECT_FALSE(Checkpoint(path_, "id").load(parameters_, adam, state));
  EXPECT_EQ(state.epoch, 0);
}

}  // namespace
}  // namespace pebench::train
