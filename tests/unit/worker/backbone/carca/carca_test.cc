// The model beyond what the parity fixtures hold: sparse attributes, norm limits, the two engines, norms, and
// ranking with encodings that cannot be folded.

#include <gtest/gtest.h>

#include "host/worker/backbone/carca/ranker.h"
#include "host/worker/train/windows.h"

namespace pebench::carca {
namespace {

constexpr std::int64_t items = 23;

Config config() {
  Config made;
  made.items = items;
  made.width = 8;
  made.heads = 2;
  made.blocks = 2;
  made.max_len = 6;
  return made;
}

/// Every item has one to three of seven attributes; with `dense`, the same as a matrix of zeros and ones.
backbone::ItemAttributes attributes(bool dense) {
  backbone::ItemAttributes made;
  Tensor matrix = at::zeros({items + 1, 7}, at::kDouble);
  made.offsets = {0, 0};
  for (std::int64_t v = 1; v <= items; ++v) {
    for (std::int64_t i = 0; i < 1 + v % 3; ++i) {
      made.ids.push_back((v + 2 * i) % 7);
      matrix[v][(v + 2 * i) % 7] = 1.0;
    }
    made.offsets.push_back(static_cast<std::int64_t>(made.ids.size()));
  }
  if (!dense) {
    made.sparse_width = 7;
    return made;
  }
  backbone::ItemAttributes as_matrix;
  as_matrix.offsets.assign(items + 2, 0);
  as_matrix.dense = {matrix};
  return as_matrix;
}

train::Events events(std::vector<std::int64_t> ids) {
  train::Events made;
  for (auto id : ids) {
    made.items.push_back(id);
    made.times.push_back(1000 * id);
    for (int k = 0; k < 6; ++k) made.context.push_back(0.1 * static_cast<double>((id * (k + 3)) % 11));
  }
  return made;
}

std::vector<train::TrainingRow> training_rows() {
  return {{events({3, 4, 5, 6, 7, 8}), events({4, 5, 6, 7, 8, 9}), {10, 11, 12, 13, 14, 15}},
          {events({21}), events({22}), {23}},
          {events({5, 5, 1}), events({5, 1, 2}), {9, 8, 7}}};
}

std::vector<train::EvaluationRow> evaluation_rows() {
  std::vector<train::EvaluationRow> rows;
  for (const auto& row : training_rows()) rows.push_back({row.profile, std::vector<double>(6, 0.3), 5000});
  return rows;
}

/// x + table[position] * factor, where factor is 1, or depends on time, or on x itself; or a bias by
/// intervals of time.
class Probe : public backbone::Encoding {
 public:
  enum class Kind { affine, quadratic, timed, timed_bias };
  Probe(Kind kind, tensor::ParameterSet& parameters, const Config& c) : kind_(kind) {
    table_ = parameters.declare("encoding.table", {c.max_len + 1, c.width}, tensor::Initial::normal(0.0, 1.0))
                 .value;
  }
  bool needs_time() const override { return kind_ == Kind::timed || kind_ == Kind::timed_bias; }
  bool affine_input() const override { return kind_ == Kind::affine || kind_ == Kind::timed_bias; }
  Tensor input(const backbone::Sequence& s, const Tensor& x) override {
    Tensor e = at::embedding(table_, s.position);
    if (kind_ == Kind::quadratic) return x + e + x * x;
    if (kind_ == Kind::timed) return x + e * (s.time.to(x.scalar_type()) / 4000.0).unsqueeze(-1);
    return x * 1.5 + e;
  }
  Tensor bias(const backbone::Site& s) override {
    if (kind_ != Kind::timed_bias) return {};
    return -(s.query_time.unsqueeze(2) - s.key_time.unsqueeze(1)).abs().unsqueeze(1).to(s.q.scalar_type()) /
           4000.0;
  }

 private:
  Kind kind_;
  Tensor table_;
};

struct Built {
  Built(Config c, backbone::ItemAttributes a, std::optional<Probe::Kind> kind = {})
      : parameters(3, at::TensorOptions(at::kDouble)), model(c, parameters, std::move(a)) {
    // Initial weights of 0.01 would hide mistakes behind tiny numbers.
    at::NoGradGuard no_grad;
    for (const char* name : {"feature.weight", "joint.weight"}) parameters.at(name).value.mul_(30.0);
    if (!kind) return;
    probe = std::make_unique<Probe>(*kind, parameters, c);
    model.set_encoding(probe.get());
  }
  tensor::ParameterSet parameters;
  Carca model;
  std::unique_ptr<Probe> probe;
};

std::map<std::string, Tensor> gradients(Built& built) {
  train::WindowMaker windows(built.model);
  auto batch = windows.training(training_rows());
  Tensor loss = built.model.loss(batch, tensor::Randomness(base::Stream(1, "dropout"), true));
  loss.backward();
  std::map<std::string, Tensor> found{{"loss", loss.detach()}};
  for (auto& parameter : built.parameters.all()) found[parameter.name] = parameter.value.grad();
  return found;
}

void expect_close(const Tensor& a, const Tensor& b, const std::string& what, double tolerance = 1e-12) {
  ASSERT_EQ(a.sizes(), b.sizes()) << what;
  EXPECT_LE((a - b).abs().max().item<double>(), tolerance * std::max(1.0, b.abs().max().item<double>()))
      << what;
}

void expect_same(Built& a, Built& b) {
  auto left = gradients(a), right = gradients(b);
  for (const auto& [name, value] : right) {
    ASSERT_TRUE(left.at(name).defined()) << name;
    expect_close(left.at(name), value, name);
  }
}

Tensor scores(const Built& built, const std::vector<train::EvaluationRow>& rows) {
  const train::WindowMaker windows(built.model);
  return built.model.scorer()->all(windows.evaluation(rows)).narrow(1, 1, items);
}

TEST(Model, OneTargetIsTrainedAsItIsRanked) {
  auto c = config();
  c.one_target = true;
  c.encode_cross_attention = true;
  Built built(c, attributes(false), Probe::Kind::timed_bias);
  const std::vector<train::Events> profiles = {events({3, 4, 5, 6, 7, 8}), events({21}), events({5, 5, 1})};
  std::vector<train::TrainingRow> rows;
  std::vector<train::EvaluationRow> ranked;
  for (const auto& profile : profiles) {
    rows.push_back({profile, events({9}), {10}});
    ranked.push_back({profile, rows.back().targets.context, rows.back().targets.times.front()});
  }
  const Tensor expected = scores(built, ranked);
  const auto batch = train::WindowMaker(built.model).training(rows);
  for (const auto& bucket : batch.buckets) {
    Pass pass = built.model.begin(batch.distinct, tensor::Randomness::in_evaluation());
    const Profile profile = built.model.profile(pass, bucket.profile);
    const auto logits = built.model.train(pass, profile, bucket.targets, {bucket.negatives()});
    for (std::size_t b = 0; b < bucket.rows.size(); ++b) {
      expect_close(logits.target[b].squeeze(), expected[bucket.rows[b]][8], "target");
      expect_close(logits.negatives[0][b].squeeze(), expected[bucket.rows[b]][9], "negative");
    }
  }
}

TEST(Model, WithoutAnEncodingOnlyACausalMaskTellsTheOrder) {
  const std::vector<double> context(6, 0.3);
  const std::vector<train::EvaluationRow> as_it_was = {{events({3, 4, 5, 6, 7, 8}), context, 5000}},
                                          shuffled = {{events({7, 3, 8, 5, 4, 6}), context, 5000}};
  const auto change = [&](bool causal, bool one_target) {
    auto c = config();
    c.causal = causal;
    c.one_target = one_target;
    const Built built(c, attributes(false));
    const Tensor before = scores(built, as_it_was), after = scores(built, shuffled);
    return (before - after).abs().max().item<double>() / before.std().item<double>();
  };
  EXPECT_LT(change(false, true), 1e-10) << "prefix";
  EXPECT_LT(change(false, false), 1e-10) << "full";
  EXPECT_GT(change(true, false), 1e-3) << "causal";
}

TEST(Model, SparseAttributesEqualDenseOnes) {
  Built sparse(config(), attributes(false)), dense(config(), attributes(true));
  expect_same(sparse, dense);
}

TEST(Model, TheEnginesAgree) {
  for (auto normalization : {Normalization::layer, Normalization::rms, Normalization::none}) {
    for (auto activation : {Activation::leaky_relu, Activation::silu, Activation::relu, Activation::gelu}) {
      Config fast = config();
      fast.normalization = normalization;
      fast.activation = activation;
      fast.item_max_norm = 0.4;
      Config plain = fast;
      plain.fast = false;
      Built a(fast, attributes(false)), b(plain, attributes(false));
      expect_same(a, b);
    }
  }
}

TEST(Model, NormsAreLimitedWhereItemsAreLookedUp) {
  Config c = config();
  c.item_max_norm = 0.25;
  for (double p : {1.0, 2.0}) {
    c.item_norm_type = p;
    Built built(c, attributes(false));
    const Tensor before = built.parameters.at("item_embedding").value.detach().clone();
    const Tensor index = at::tensor(std::vector<std::int64_t>{0, 4, 7});
    built.model.items().limit_norms(index);
    const Tensor after = built.parameters.at("item_embedding").value;
    for (std::int64_t v = 1; v <= items; ++v) {
      const double norm = before[v].norm(p).item<double>();
      const bool touched = (v == 4 || v == 7) && norm > 0.25;
      EXPECT_NEAR(after[v].norm(p).item<double>(), touched ? 0.25 : norm, 1e-6) << "item " << v;
    }
    EXPECT_EQ(after[0].abs().sum().item<double>(), 0.0);
  }
}

TEST(Model, ThePaddingRowStaysZeroUnderTraining) {
  Built built(config(), attributes(false));
  auto found = gradients(built);
  EXPECT_EQ(found.at("item_embedding")[0].abs().sum().item<double>(), 0.0);
  EXPECT_GT(found.at("item_embedding")[5].abs().sum().item<double>(), 0.0);
}

TEST(Ranker, FoldedScoresAreThoseOfTheGeneralPath) {
  for (auto residual : {Residual::multiply, Residual::add, Residual::none}) {
    for (auto kind :
         {Probe::Kind::affine, Probe::Kind::quadratic, Probe::Kind::timed, Probe::Kind::timed_bias}) {
      Config fast = config();
      fast.decoder_residual = residual;
      fast.item_max_norm = 0.3;
      Config plain = fast;
      plain.fast = false;
      Built a(fast, attributes(false), kind), b(plain, attributes(false), kind);
      auto scores = [](Built& built) {
        train::WindowMaker windows(built.model);
        auto users = windows.evaluation(evaluation_rows());
        Ranker ranker(built.model);
        const Tensor lists = at::tensor(std::vector<std::int64_t>{4, 9, 1, 23, 2, 7, 5, 5, 5}).view({3, 3});
        const Tensor all = ranker.all(users);
        expect_close(ranker.lists(users, lists), all.gather(1, lists), "lists against all");
        return all.narrow(1, 1, items);
      };
      expect_close(scores(a), scores(b), "fast against plain");
    }
  }
}

TEST(Model, StatesAreTheSameInBothEngines) {
  Config fast = config(), plain = fast;
  plain.fast = false;
  Built a(fast, attributes(false)), b(plain, attributes(false));
  const auto users = train::WindowMaker(b.model).evaluation(evaluation_rows());  // untrimmed, for both
  const Tensor states = a.model.states(users);
  ASSERT_EQ(states.sizes(), (at::IntArrayRef{users.window.rows(), fast.max_len, fast.width}));
  EXPECT_FALSE(states.requires_grad());
  expect_close(states.masked_select(users.window.mask.unsqueeze(-1)),
               b.model.states(users).masked_select(users.window.mask.unsqueeze(-1)), "fast against plain");
  auto others = users;
  others.window.item = users.window.item.flip(0);
  EXPECT_FALSE(at::allclose(states, a.model.states(others))) << "they depend on the items";
}

TEST(Ranker, RankingLeavesTheParametersAlone) {
  Config c = config();
  c.item_max_norm = 0.1;
  Built built(c, attributes(false));
  const Tensor before = built.parameters.at("item_embedding").value.detach().clone();
  train::WindowMaker windows(built.model);
  Ranker(built.model).all(windows.evaluation(evaluation_rows()));
  EXPECT_TRUE(at::equal(before, built.parameters.at("item_embedding").value));
}

/// Keeps the positions that hooks see in attention.
class Seen : public backbone::Encoding {
 public:
  void rotate(const backbone::Site& site, Tensor&, Tensor&) override {
    rotated = site.query_position, turned = site.key_position;
  }
  Tensor bias(const backbone::Site& site) override {
    query = site.query_position, key = site.key_position;
    return {};
  }
  Tensor rotated, turned, query, key;
};

TEST(Model, RotatingByBatchRowsLeavesThePositionsOfOtherHooks) {
  Config by_row = config();
  by_row.published.rotate_by_batch_row = true;
  by_row.fast = false;  // one bucket, in the batch's order
  Built built(by_row, attributes(false));
  Seen seen;
  built.model.set_encoding(&seen);
  train::WindowMaker windows(by_row, built.parameters.options(), false, by_row.fast);
  const auto batch = windows.training(training_rows());
  auto pass = built.model.begin(batch.distinct, tensor::Randomness(base::Stream(1, "dropout"), false));
  ASSERT_EQ(batch.buckets.size(), 1u);
  built.model.profile(pass, batch.buckets[0].profile);
  const std::int64_t rows = 3, length = by_row.max_len;
  const Tensor row = at::arange(rows, at::kLong).unsqueeze(1).expand({rows, length});
  EXPECT_TRUE(at::equal(seen.rotated, row) && at::equal(seen.turned, row));
  const Tensor slots = at::arange(length, at::kLong).expand_as(seen.query);
  EXPECT_TRUE(at::equal(seen.query, slots) && at::equal(seen.key, slots));
}

TEST(Model, WithoutAnEncodingFullAttentionIgnoresTheOrder) {
  // The metamorphic test of the host: the control must be permutation-invariant, or the benchmark measures
  // the host.
  Built built(config(), attributes(false));
  train::WindowMaker windows(built.model);
  auto rows = evaluation_rows();
  rows.resize(1);
  auto score = [&] { return Ranker(built.model).all(windows.evaluation(rows)).narrow(1, 1, items); };
  const Tensor before = score();
  auto& profile = rows[0].profile;
  std::swap(profile.items[1], profile.items[4]);
  for (int k = 0; k < 6; ++k) std::swap(profile.context[6 + k], profile.context[24 + k]);
  expect_close(score(), before, "two events swapped");
  Built encoded(config(), attributes(false), Probe::Kind::affine);
  const Tensor with = Ranker(encoded.model).all(windows.evaluation(rows)).narrow(1, 1, items);
  std::swap(profile.items[1], profile.items[4]);
  for (int k = 0; k < 6; ++k) std::swap(profile.context[6 + k], profile.context[24 + k]);
  EXPECT_FALSE(at::allclose(Ranker(encoded.model).all(windows.evaluation(rows)).narrow(1, 1, items), with))
      << "and an encoding must be able to tell";
}

}  // namespace
}  // namespace pebench::carca
