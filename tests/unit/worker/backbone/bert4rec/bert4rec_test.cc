// BERT4Rec beyond what the parity fixtures hold: what it sees and what it does not, its engines, its size.

#include "host/worker/backbone/bert4rec/bert4rec.h"

#include <gtest/gtest.h>

#include "host/backbone/cost.h"
#include "host/worker/train/windows.h"

namespace pebench::bert4rec {
namespace {

using Kind = backbone::Objective::Kind;

constexpr std::int64_t items = 23, mask = items + 1;

Config config() {
  Config made;
  made.items = items;
  made.width = 8;
  made.heads = 2;
  made.blocks = 2;
  made.max_len = 6;
  made.inner_width = 16;
  made.masked = true;
  made.initial = tensor::Initial::normal(0.0, 0.5);
  made.objective.kind = Kind::softmax;
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
  explicit Built(Config c) : parameters(1, at::TensorOptions(at::kDouble)), model(c, parameters) {
    at::NoGradGuard no_grad;  // biases begin at 0, where a fault of theirs would not show
    const Tensor bias = parameters.at("item_bias").value;
    bias.copy_(at::arange(items + 2, at::kDouble).sin().unsqueeze(1));
    bias[0].zero_();
  }

  backbone::Users users(const std::vector<std::int64_t>& window) const {
    return train::WindowMaker(model).evaluation({{events(window), std::vector<double>(6, 0.0), 0}});
  }
  /// Scores of all items behind one window.
  Tensor scores(const std::vector<std::int64_t>& window) const {
    return model.scorer()->all(users(window)).narrow(1, 1, items).squeeze(0);
  }
  double loss(const std::vector<train::TrainingRow>& rows) {
    const auto batch = train::WindowMaker(model).training(rows);
    return model.loss(batch, tensor::Randomness(base::Stream(1, "dropout"), true)).item<double>();
  }

  tensor::ParameterSet parameters;
  Bert4Rec model;
};

double change(const Tensor& before, const Tensor& after) {
  return (before - after).abs().max().item<double>() / before.std().item<double>();
}

TEST(Bert4Rec, AMaskedEventChangesNoLogit) {
  Built built(config());
  const std::vector<std::int64_t> window = {5, 9, 7, mask};
  const Tensor scores = built.scores(window), log_total = at::logsumexp(scores, {0});
  // The same scores for whichever item stood there, those of the ranking.
  for (std::int64_t item = 1; item <= items; ++item)
    EXPECT_NEAR(built.loss({{events(window), events({0, 0, 0, item}), {}}}),
                (log_total - scores[item - 1]).item<double>(), 1e-12);
}

TEST(Bert4Rec, SeesEventsOnBothSides) {
  Built built(config());
  const auto loss = [&](std::int64_t before, std::int64_t after) {
    return built.loss({{events({4, before, mask, after, 6}), events({0, 0, 8, 0, 0}), {}}});
  };
  EXPECT_GT(std::abs(loss(3, 5) - loss(10, 5)), 1e-3);
  EXPECT_GT(std::abs(loss(3, 5) - loss(3, 10)), 1e-3);
}

TEST(Bert4Rec, WithoutAnEncodingIsBlindToOrder) {
  for (const auto place : {backbone::NormPlace::after, backbone::NormPlace::before}) {
    Config c = config();
    c.norm_place = place;
    const Built built(c);
    EXPECT_LT(change(built.scores({3, 4, 5, 6, 7, mask}), built.scores({7, 3, 6, 5, 4, mask})), 1e-10);
    EXPECT_GT(change(built.scores({3, 4, 5, 6, 7, mask}), built.scores({3, 4, 5, 6, 8, mask})), 1e-3);
  }
}

TEST(Bert4Rec, PaddingChangesNothing) {
  Config full = config();
  full.fast = false;
  const Built a(config()), b(full);
  ASSERT_EQ(a.users({5, 9, mask}).window.length(), 3);
  ASSERT_EQ(b.users({5, 9, mask}).window.length(), 6);
  EXPECT_LT(change(a.scores({5, 9, mask}), b.scores({5, 9, mask})), 1e-10);
}

TEST(Bert4Rec, ListsHaveTheScoresOfTheWholeCatalogue) {
  const Built built(config());
  const Tensor lists = at::tensor({9, 1, 23, 9}, at::kLong).unsqueeze(0);
  const auto users = built.users({5, 9, 7, mask});
  const auto scorer = built.model.scorer();
  ASSERT_EQ(scorer->all(users).size(1), items + 1) << "[mask] is no candidate";
  EXPECT_LT((scorer->lists(users, lists) - scorer->all(users).gather(1, lists)).abs().max().item<double>(),
            1e-12);
}

std::map<std::string, Tensor> gradients(const Config& c, const std::vector<std::int64_t>& shared) {
  Built built(c);
  std::vector<train::TrainingRow> rows = {
      {events({3, mask, 5, mask}), events({0, 4, 0, 9}), {10, 11, 12, 13}, 0.8},
      {events({mask}), events({22}), {1, 2}, 0.9}};
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

TEST(Bert4Rec, TheEnginesAgree) {
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

TEST(Bert4Rec, TheMaskIsTrainedAndPaddingIsNot) {
  for (const Kind kind : {Kind::binary, Kind::softmax}) {
    Config c = config();
    c.objective.kind = kind;
    const auto found = gradients(c, {});
    for (const char* name : {"item_embedding", "item_bias"})
      EXPECT_EQ(found.at(name)[0].abs().sum().item<double>(), 0.0) << name;
    EXPECT_GT(found.at("item_embedding")[mask].abs().max().item<double>(), 1e-6);
    EXPECT_EQ(found.at("item_bias")[mask].item<double>(), 0.0) << "[mask] is never scored";
    EXPECT_LT(found.at("item_bias")[9].item<double>(), 0.0) << "a target's bias rises";
  }
}

TEST(Cost, CountsTheParametersThatBert4RecDeclares) {
  for (const char* normalization : {"layer", "rms", "none"}) {
    contract::Settings settings;
    settings.model.backbone = "bert4rec";
    settings.protocol.attention = "masked";
    settings.model.width = 12;
    settings.model.heads = 3;
    settings.model.blocks = 2;
    settings.model.feed_forward = 3;
    settings.model.normalization = normalization;
    tensor::ParameterSet parameters(1, at::TensorOptions(at::kFloat));
    const Bert4Rec model(backbone::catalogue_config_of(settings, items), parameters);
    EXPECT_EQ(backbone::cost(settings, items, 4.0).parameters, static_cast<double>(parameters.count()))
        << normalization;
    EXPECT_TRUE(model.sizes().masked);
    EXPECT_FALSE(model.sizes().causal);
  }
}

}  // namespace
}  // namespace pebench::bert4rec
