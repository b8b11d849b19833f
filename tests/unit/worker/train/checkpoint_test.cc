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
    state.best_ranks = {{"full", 2, {"mrr"}, {0, 70000, 3}, {0, 1, 0}, {9, 80000, 8}, "lists"}};
    state.reports.push_back({1, 0.5, 2.0, 1.5, 0.25, {{"valid.full.mrr", 1.0 / 3}}, 1.5, 0.5});
    return state;
  }

  Checkpoint checkpoint(const std::string& trial = "id", const std::string& libtorch = "1.13.1") const {
    return {path_, {{"trial", trial}, {"LibTorch", libtorch}}};
  }
  /// Why the file is not gone on from; nothing must have changed then.
  std::string why_not(const Checkpoint& checkpoint, tensor::ParameterSet& parameters, Adam& adam) const {
    const Tensor before = parameters.at("a").value.detach().clone();
    TrainingState state;
    const auto loaded = checkpoint.load(parameters, adam, state);
    EXPECT_FALSE(loaded.gone_on);
    EXPECT_EQ(state.epoch, 0);
    EXPECT_TRUE(at::equal(before, parameters.at("a").value));
    return loaded.why_not;
  }

  std::filesystem::path path_;
  tensor::ParameterSet parameters_{1, at::TensorOptions(at::kFloat)};
};

TEST_F(CheckpointFile, GoingOnGivesTheSameBits) {
  Adam adam(parameters_, {});
  for (int i = 0; i < 3; ++i) take_step(parameters_, adam);
  const TrainingState saved = state_after(parameters_);
  checkpoint().save(parameters_, adam, saved);

  tensor::ParameterSet other(2, at::TensorOptions(at::kFloat));
  other.declare("a", {3, 2}, tensor::Initial::normal(0.0, 1.0));
  other.declare("b", {4}, tensor::Initial::normal(0.0, 1.0));
  Adam other_adam(other, {});
  TrainingState state;
  ASSERT_TRUE(checkpoint().load(other, other_adam, state).gone_on);
  EXPECT_EQ(state.epoch, 3);
  EXPECT_EQ(state.step, 17);
  EXPECT_EQ(state.stale, 2);
  EXPECT_EQ(state.best_epoch, 1);
  EXPECT_EQ(state.best, saved.best);
  EXPECT_EQ(state.best_metrics, saved.best_metrics);
  EXPECT_EQ(state.chance, saved.chance);
  ASSERT_EQ(state.best_ranks.size(), 1u);
  EXPECT_EQ(state.best_ranks[0].better, saved.best_ranks[0].better);
  EXPECT_EQ(state.best_ranks[0].tied, saved.best_ranks[0].tied);
  EXPECT_EQ(state.best_ranks[0].pool, saved.best_ranks[0].pool);
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
  Adam adam(parameters_, {});
  take_step(parameters_, adam);
  EXPECT_EQ(why_not(checkpoint(), parameters_, adam), "") << "there is none";
  checkpoint().save(parameters_, adam, state_after(parameters_));
  EXPECT_EQ(why_not(checkpoint("other"), parameters_, adam), "it is of another trial (id; here it is other)");

  tensor::ParameterSet larger(1, at::TensorOptions(at::kFloat));
  larger.declare("a", {3, 3}, tensor::Initial::normal(0.0, 1.0));
  larger.declare("b", {4}, tensor::Initial::normal(0.0, 1.0));
  Adam larger_adam(larger, {});
  EXPECT_EQ(why_not(checkpoint(), larger, larger_adam), "it has a tensor of another size");

  const std::string whole = base::read_file(path_);
  for (std::size_t size : {std::size_t{0}, std::size_t{40}, whole.size() / 2, whole.size() - 1}) {
    base::write_atomically(path_, whole.substr(0, size));
    EXPECT_EQ(why_not(checkpoint(), parameters_, adam), "it is damaged") << size << " bytes";
  }
  std::string flipped = whole;
  flipped[whole.size() - 5] ^= 1;
  base::write_atomically(path_, flipped);
  EXPECT_EQ(why_not(checkpoint(), parameters_, adam), "it is damaged");
}

TEST_F(CheckpointFile, OneOfAnotherBuildLibraryOrProcessorIsLeftAside) {
  Adam adam(parameters_, {});
  checkpoint().save(parameters_, adam, state_after(parameters_));
  EXPECT_EQ(why_not(checkpoint("id", "2.1.0"), parameters_, adam),
            "it is of another LibTorch (1.13.1; here it is 2.1.0)");
  const Checkpoint on_another(path_, {{"trial", "id"}, {"LibTorch", "1.13.1"}, {"processor", "Some avx2"}});
  EXPECT_EQ(why_not(on_another, parameters_, adam),
            "it is of another processor (unknown; here it is Some avx2)");
  TrainingState state;
  EXPECT_TRUE(checkpoint().load(parameters_, adam, state).gone_on);
}

}  // namespace
}  // namespace pebench::train
