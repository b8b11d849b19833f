// SASRec beyond what the parity fixtures hold: its engines, what it knows of the order, its size.

#include "host/worker/backbone/sasrec/sasrec.h"

#include <gtest/gtest.h>

#include "host/backbone/cost.h"
#include "host/worker/train/windows.h"

namespace pebench::sasrec {
namespace {

using Kind = backbone::Objective::Kind;

constexpr std::int64_t items = 23;

Config config() {
  Config made;
  made.items = items;
  made.width = 8;
  made.heads = 2;
  made.blocks = 2;
  made.max_len = 6;
  made.inner_width = 16;
  made.causal = true;
  made.initial = tensor::Initial::normal(0.0, 0.5);
  return made;
}

train::Events events(std::vector<std::int64_t> ids) {
  train::Events made;
  made.times.assign(ids.size(), 0);
  made.context.assign(6 * ids.size(), 0.0);
  made.items = std::move(ids);
  return made;
}

struct Built {
  explicit Built(Config c) : parameters(1, at::TensorOptions(at::kDouble)), model(c, parameters) {}

  /// Scores of all items behind one user's events.
  Tensor scores(const std::vector<std::int64_t>& profile) const {
    const train::EvaluationRow row{events(profile), std::vector<double>(6, 0.0), 0};
    return model.scorer()->all(train::WindowMaker(model).evaluation({row})).narrow(1, 1, items);
  }

  tensor::ParameterSet parameters;
  SasRec model;
};

double change(const Tensor& before, const Tensor& after) {
  return (before - after).abs().max().item<double>() / before.std().item<double>();
}

TEST(SasRec, WithoutAnEncodingOnlyACausalMaskTellsTheOrder) {
  for (const backbone::NormPlace place : {backbone::NormPlace::after, backbone::NormPlace::before})
    for (const bool causal : {false, true}) {
      Config c = config();
      c.norm_place = place;
      c.causal = causal;
      const Built built(c);
      // The newest event stays: its state is what scores are made of.
      const double found = change(built.scores({3, 4, 5, 6, 7, 8}), built.scores({7, 3, 5, 6, 4, 8}));
      if (causal)
        EXPECT_GT(found, 1e-3);
      else
        EXPECT_LT(found, 1e-10);
    }
}

TEST(SasRec, PaddingAndLaterEventsChangeNothing) {
  Config trimmed = config(), full = config();
  full.fast = false;
  const Built a(trimmed), b(full);
  EXPECT_LT(change(a.scores({5, 9}), b.scores({5, 9})), 1e-10);

  train::EvaluationRow row{events({5, 9, 7, 2}), std::vector<double>(6, 0.0), 0}, other = row;
  other.profile.items[3] = 17;
  const train::WindowMaker windows(a.model);
  const Tensor one = a.model.states(windows.evaluation({row})),
               two = a.model.states(windows.evaluation({other}));
  EXPECT_LT(change(one.narrow(1, 0, 3), two.narrow(1, 0, 3)), 1e-10);
  EXPECT_GT(change(one.narrow(1, 3, 1), two.narrow(1, 3, 1)), 1e-3);
}

std::map<std::string, Tensor> gradients(const Config& c, const std::vector<std::int64_t>& shared) {
  Built built(c);
  const auto negatives = shared.empty() ? std::vector<std::int64_t>{10, 11, 12, 13, 14, 15, 16, 17} : shared;
  std::vector<train::TrainingRow> rows = {{events({3, 4, 5, 6}), events({4, 5, 6, 9}), negatives, 0.8},
                                          {events({21}), events({22}), {1, 2}, 0.9}};
  if (!shared.empty())
    for (auto& row : rows) row.negatives.clear();
  auto batch = train::WindowMaker(built.model).training(rows, shared);
  batch.probabilities = at::full({items + 1}, 1.0 / items, at::kDouble);
  const Tensor loss = built.model.loss(batch, tensor::Randomness(base::Stream(1, "dropout"), true));
  loss.backward();
  std::map<std::string, Tensor> found = {{"loss", loss.detach()}};
  for (const auto& parameter : built.parameters.all()) found[parameter.name] = parameter.value.grad();
  return found;
}

TEST(SasRec, TheEnginesAgree) {
  for (const Kind kind : {Kind::binary, Kind::calibrated, Kind::softmax, Kind::sampled_softmax})
    for (const std::vector<std::int64_t>& shared : {std::vector<std::int64_t>{}, {4, 9, 12}}) {
      Config fast = config();
      fast.objective.kind = kind;
      Config plain = fast;
      plain.fast = false;
      const auto left = gradients(fast, shared), right = gradients(plain, shared);
      ASSERT_EQ(left.size(), right.size());
      for (const auto& [name, value] : left)
        EXPECT_LE((value - right.at(name)).abs().max().item<double>(), 1e-12) << name;
    }
}

TEST(SasRec, PaddingsRowIsNeverTrained) {
  for (const Kind kind : {Kind::binary, Kind::softmax}) {
    Config c = config();
    c.objective.kind = kind;
    EXPECT_EQ(gradients(c, {}).at("item_embedding")[0].abs().sum().item<double>(), 0.0);
  }
}

TEST(Cost, CountsTheParametersThatSasRecDeclares) {
  for (const char* normalization : {"layer", "rms", "none"}) {
    contract::Settings settings;
    settings.model.backbone = "sasrec";
    settings.model.width = 12;
    settings.model.heads = 3;
    settings.model.blocks = 2;
    settings.model.feed_forward = 3;
    settings.model.normalization = normalization;
    tensor::ParameterSet parameters(1, at::TensorOptions(at::kFloat));
    const SasRec model(backbone::catalogue_config_of(settings, items), parameters);
    EXPECT_EQ(backbone::cost(settings, items, 4.0).parameters, static_cast<double>(parameters.count()))
        << normalization;
  }
}

}  // namespace
}  // namespace pebench::sasrec
