// Sentences of pebench.h that no layout shows, held by plugins whose exact output is known (plugins/, built
// from the header that first shipped the sentence) in the model. docs/abi-policy.md lists sentence by
// sentence which test holds it.

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "host/plugin/library.h"
#include "host/plugin/options.h"
#include "host/worker/backbone/carca/ranker.h"
#include "host/worker/plugin/plugin_encoding.h"
#include "host/worker/train/rows.h"
#include "tests/unit/data/raw_data.h"

namespace pebench::compat {
namespace {

using tensor::Randomness;

const peb_encoder& encoder(const std::string& name, const std::string& id,
                           const std::string& version = "1.0") {
  static std::map<std::string, plugin::Library> loaded;
  const std::string library = version + "/" + name;
  auto found = loaded.find(library);
  if (found == loaded.end())
    found = loaded
                .emplace(library, plugin::Library::load(std::string(COMPAT_PLUGINS) + "/" + library + ".so",
                                                        plugin::host()))
                .first;
  return found->second.table(id);
}

carca::Config small() {
  carca::Config config;
  config.items = 9;
  config.width = 4;
  config.heads = 2;
  config.blocks = 2;
  config.max_len = 5;
  config.decoder_residual = carca::Residual::add;
  return config;
}

void expect_equal(const Tensor& found, const Tensor& expected, double tolerance = 1e-9) {
  ASSERT_EQ(found.sizes(), expected.sizes());
  const double scale = std::max(1.0, expected.abs().max().item<double>());
  EXPECT_LE((found.detach() - expected).abs().max().item<double>(), tolerance * scale)
      << found << "\nexpected\n"
      << expected;
}

/// CARCA with an encoder in its slot, in float64.
class Model {
 public:
  Model(const peb_encoder& encoder, carca::Config config = small(), const peb_host& host = plugin::host())
      : config_(config),
        model_(config, parameters_, attributes(config)),
        encoding_(encoder, {}, config, parameters_, host),
        windows_(with_encoding()) {}

  tensor::ParameterSet& parameters() { return parameters_; }
  carca::Carca& carca() { return model_; }
  plugin::PluginEncoding& encoding() { return encoding_; }
  train::WindowMaker& windows() { return windows_; }

  static train::Events events(std::vector<std::int64_t> items) {
    const auto n = items.size();
    return {std::move(items), std::vector<double>(6 * n, 0.5), std::vector<std::int64_t>(n, 0)};
  }
  static std::vector<train::TrainingRow> rows() {
    return {{events({1, 2, 3, 4}), events({2, 3, 4, 5}), {6, 7, 8, 9}},
            {events({5, 6}), events({6, 7}), {1, 2}}};
  }
  /// What the input hook and the mask make of a window, [B, L, d].
  Tensor embedded(const backbone::TrainingBatch& batch, const backbone::Window& window,
                  backbone::Sequence::Role role) {
    auto pass = model_.begin(batch.distinct, tensor::Randomness(base::Stream(1, "dropout"), true));
    encoding_.begin(pass.randomness());
    return model_.embed(pass, window, role);
  }
  /// Logits of candidates as the model alone sees them when everything but the decoder's input is switched
  /// off: their sum.
  void show_decoder_input() {
    at::NoGradGuard no_grad;
    parameters_.at("decoder.value.weight").value.zero_();
    parameters_.at("decoder.logit.weight").value.fill_(1.0);
  }

 private:
  const carca::Carca& with_encoding() {
    model_.set_encoding(&encoding_);
    return model_;
  }
  static backbone::ItemAttributes attributes(const carca::Config& config) {
    backbone::ItemAttributes none;
    none.offsets.assign(config.items + 2, 0);
    return none;
  }

  const carca::Config config_;
  tensor::ParameterSet parameters_{7, at::TensorOptions(at::kDouble)};
  carca::Carca model_;
  plugin::PluginEncoding encoding_;
  train::WindowMaker windows_;
};

/// One attention call of the model with unit weights, so that q, k and v are the inputs, which are positive.
class OneAttention {
 public:
  explicit OneAttention(const peb_encoder& encoder, double dropout = 0.0)
      : config_(with_dropout(dropout)),
        attention_(config_, parameters_, "attention"),
        encoding_(encoder, {}, config_, parameters_) {
    at::NoGradGuard no_grad;
    for (const char* name : {"attention.query.weight", "attention.key.weight", "attention.value.weight"})
      parameters_.at(name).value.copy_(at::eye(config_.width, at::kDouble));
    queries = at::arange(2 * 3 * 4, at::kDouble).sin().abs().view({2, 3, 4});
    keys = at::arange(2 * 5 * 4, at::kDouble).cos().abs().view({2, 5, 4});
    layout.query_position = at::arange(3, at::kLong).unsqueeze(0);
    layout.key_position = at::arange(5, at::kLong).unsqueeze(0);
    layout.visible = at::ones({2, 1, 1, 5}, at::kBool);
    layout.visible.select(3, 0).fill_(false);  // the oldest slot is padding
  }

  Tensor forward(bool training = false) {
    Randomness randomness(base::Stream(1, "dropout"), training);
    encoding_.begin(randomness);
    return attention_.forward(queries, keys, layout, 0, false, &encoding_, randomness).detach();
  }

  /// [B, L, d] -> [B, H, L, h]
  Tensor heads(const Tensor& x) const { return x.view({x.size(0), x.size(1), 2, 2}).transpose(1, 2); }
  /// softmax over visible keys of logits [.., 3, 5], times the keys, merged
  Tensor attend(const Tensor& logits) const {
    Tensor weights = logits.exp() * layout.visible.to(at::kDouble);
    weights = weights / weights.sum({-1}, true);
    return merged(at::matmul(weights, heads(keys)));
  }
  static Tensor merged(const Tensor& y) { return y.transpose(1, 2).reshape({2, 3, 4}); }
  /// q k^T / sqrt(h)
  Tensor logits() const { return at::matmul(heads(queries), heads(keys).transpose(2, 3)) / std::sqrt(2.0); }
  /// q / 2 - k; the plugin's million stands at the hidden key.
  static Tensor table() {
    return (at::arange(3, at::kDouble).unsqueeze(1) * 0.5 - at::arange(5, at::kDouble))
        .view({1, 1, 3, 5})
        .expand({2, 2, 3, 5});
  }

  Tensor queries, keys;
  carca::Layout layout;

 private:
  static carca::Config with_dropout(double dropout) {
    auto config = small();
    config.dropout = dropout;
    return config;
  }

  carca::Config config_;
  tensor::ParameterSet parameters_{7, at::TensorOptions(at::kDouble)};
  carca::Attention attention_;
  plugin::PluginEncoding encoding_;
};

TEST(Meaning, BiasIsAddedAfterScalingAndBeforeTheMask) {
  OneAttention call(encoder("bias", "bias_table"));
  expect_equal(call.forward(), call.attend(call.logits() + OneAttention::table()));
}

TEST(Meaning, LogitsAreScaledAndWithoutBiasAndMask) {
  OneAttention call(encoder("bias", "bias_exchanges_logits"));
  const Tensor of_the_hidden_key = call.logits().narrow(3, 0, 1);
  expect_equal(call.forward(),
               call.attend(OneAttention::table() + of_the_hidden_key * at::arange(5, at::kDouble)));
}

TEST(Meaning, ABiasLeftAtZeroAddsNothing) {
  OneAttention call(encoder("bias", "bias_left_alone"));
  expect_equal(call.forward(), call.attend(call.logits()));
}

TEST(Meaning, RotateComesBeforeTheLogits) {
  OneAttention call(encoder("rotate", "rotate_alone"));
  expect_equal(call.forward(), call.attend(call.logits() * -6.0));
}

TEST(Meaning, LaterHooksSeeRotatedQueriesAndKeysAndTheScale) {
  OneAttention call(encoder("rotate", "rotate_seen_later"));
  expect_equal(call.forward(), call.attend(OneAttention::table()));
}

TEST(Meaning, HiddenStatesAreWhatTheProjectionsAreAppliedTo) {
  OneAttention call(encoder("hidden_needed", "hidden_needed", "1.1"));
  expect_equal(call.forward(), call.attend(OneAttention::table()));
}

TEST(Meaning, ProbsAreThoseAfterDropout) {
  OneAttention call(encoder("value", "value_cancels"), 0.5);
  expect_equal(call.forward(true), at::zeros({2, 3, 4}, at::kDouble), 1e-14);
}

TEST(Meaning, ValueIsAddedToTheWeightedValues) {
  OneAttention call(encoder("value", "value_of_heads"));
  const Tensor extra = at::tensor(std::vector<double>{1, 1, 2, 2}, at::kDouble);
  expect_equal(call.forward(), call.attend(call.logits()) + extra);
}

TEST(Meaning, OutputSeesTheHeadsMergedOneAfterTheOther) {
  OneAttention call(encoder("output", "output_times_column"));
  expect_equal(call.forward(), call.attend(call.logits()) * at::arange(4, at::kDouble));
}

TEST(Meaning, TheMaskIsAppliedAgainAfterInput) {
  Model model(encoder("input", "input_constant"));
  const auto batch = model.windows().training(Model::rows());
  const auto& window = batch.buckets[0].profile;
  ASSERT_TRUE(window.mask.logical_not().any().item<bool>());
  expect_equal(model.embedded(batch, window, backbone::Sequence::Role::profile),
               7.0 * window.mask.unsqueeze(-1).to(at::kDouble).expand({2, 4, 4}));
}

TEST(Meaning, APositionIsASlotPaddingIncluded) {
  Model model(encoder("input", "input_position"));
  const auto batch = model.windows().training(Model::rows());
  ASSERT_EQ(batch.buckets.size(), 1u) << "the window is cut to its longest row";
  const auto shown = [&](const backbone::Window& window, backbone::Sequence::Role role) {
    return model.embedded(batch, window, role).select(2, 0);
  };
  using Role = backbone::Sequence::Role;
  const auto rows = [](std::vector<double> values) { return at::tensor(values, at::kDouble).view({2, 4}); };
  expect_equal(shown(batch.buckets[0].profile, Role::profile), rows({1, 2, 3, 4, 0, 0, 3, 4}));
  expect_equal(shown(batch.buckets[0].targets, Role::candidates), rows({2, 3, 4, 5, 0, 0, 4, 5}));
  expect_equal(shown(batch.buckets[0].negatives(), Role::candidates), rows({2, 3, 4, 5, 0, 0, 4, 5}));
}

TEST(Meaning, CandidatesOfARankingShareThePositionAfterTheWindow) {
  for (const std::string id : {"input_position", "input_position_folded"}) {
    Model model(encoder("input", id));
    model.show_decoder_input();
    const auto users = model.windows().evaluation({{Model::events({1, 2}), std::vector<double>(6, 0.5), 0}});
    carca::Ranker ranker(model.carca());
    expect_equal(ranker.all(users).narrow(1, 1, 9), at::full({1, 9}, 4.0 * 5.0, at::kDouble));
    expect_equal(ranker.lists(users, at::tensor(std::vector<std::int64_t>{3, 1, 9}, at::kLong).unsqueeze(0)),
                 at::full({1, 3}, 4.0 * 5.0, at::kDouble));
  }
}

TEST(Meaning, TimeIsInWholeSecondsSinceTheFirstEventOfTheDataSet) {
  // More than float32 can tell apart, and beyond 32 bits.
  const std::int64_t first = 1700000000, later = first + 5000000001;
  TemporaryFolder folder;
  const auto data = data::dataset_of(
      folder.path() / "data",
      {{{1, first}, {2, first + 7}}, {{3, first + 60}, {4, later}, {5, later + 1}, {6, later + 9}}}, 9);
  contract::Settings settings;
  settings.model.max_len = 5;
  data::Split split;
  split.users = {{2}, {3}};
  const train::RowMaker rows(data, split, settings);
  Model model(encoder("input", "input_time"));
  const auto batch = model.windows().training(
      {rows.training(1, {{1, "negatives"}, {1, "prefixes"}, {1, "masks"}, {1, "shuffles"}}, 0)});
  const auto shown = [&](const backbone::Window& window, backbone::Sequence::Role role) {
    return model.embedded(batch, window, role).select(2, 0);
  };
  const auto& bucket = batch.buckets[0];
  const Tensor since = at::tensor(std::vector<double>{60, 5000000001, 5000000002}, at::kDouble).unsqueeze(0);
  expect_equal(shown(bucket.profile, backbone::Sequence::Role::profile), since.narrow(1, 0, 2), 0.0);
  expect_equal(shown(bucket.targets, backbone::Sequence::Role::candidates), since.narrow(1, 1, 2), 0.0);

  model.show_decoder_input();
  carca::Ranker ranker(model.carca());
  const Tensor scores = ranker.all(model.windows().evaluation({rows.evaluation(1, 3)}));
  expect_equal(scores.narrow(1, 1, 9), at::full({1, 9}, 4.0 * 5000000010.0, at::kDouble), 0.0);
}

/// The host with a log that is kept.
std::vector<std::string>& log_lines() {
  static std::vector<std::string> lines;
  return lines;
}
const peb_host& logging_host() {
  static peb_host host = plugin::host();
  host.log = [](const peb_host*, std::uint32_t, const char* line) { log_lines().emplace_back(line); };
  return host;
}

TEST(Meaning, HooksComeInOrderAndKnowWhereTheyAre) {
  auto config = small();
  config.encode_cross_attention = true;
  config.causal = true;
  log_lines().clear();
  Model model(encoder("trace", "trace"), config, logging_host());
  const auto batch = model.windows().training(Model::rows());
  auto pass = model.carca().begin(batch.distinct, tensor::Randomness(base::Stream(1, "dropout"), true));
  const auto profile = model.carca().profile(pass, batch.buckets[0].profile);
  model.carca().train(pass, profile, batch.buckets[0].targets, {batch.buckets[0].negatives()});
  EXPECT_EQ(log_lines(), (std::vector<std::string>{
                             "begin",
                             "input profile 0 causal training [2 4 4]",
                             "rotate self 0 causal training [2 4 4]",
                             "bias self 0 causal training [2 4 4]",
                             "value self 0 causal training [2 4 4]",
                             "output self 0 causal training [2 4 4]",
                             "rotate self 1 causal training [2 4 4]",
                             "bias self 1 causal training [2 4 4]",
                             "value self 1 causal training [2 4 4]",
                             "output self 1 causal training [2 4 4]",
                             "input candidates 0 causal training [4 4 4]",
                             "rotate cross 2 causal training [2 8 4]",
                             "bias cross 2 causal training [2 8 4]",
                             "value cross 2 causal training [2 8 4]",
                             "output cross 2 causal training [2 8 4]",
                         }));
}

TEST(Meaning, BackwardWritesOverGarbage) {
  for (const bool adds : {false, true}) {
    Model model(encoder("custom", adds ? "custom_adds" : "custom_writes"));
    Tensor x = at::arange(8, at::kDouble).view({1, 2, 4}).set_requires_grad(true);
    backbone::Sequence sequence;
    sequence.position = at::arange(2, at::kLong).unsqueeze(0);
    sequence.mask = at::ones({1, 2}, at::kBool);
    Randomness randomness(base::Stream(1, "dropout"), false);
    model.encoding().begin(randomness);
    const Tensor y = model.encoding().input(sequence, x);
    expect_equal(y, x.detach() * x.detach(), 0.0);
    // x is used twice: the host adds up what backward writes.
    (y * 3.0 + model.encoding().input(sequence, x)).sum().backward();
    if (adds)
      EXPECT_FALSE(x.grad().isfinite().any().item<bool>())
          << "a backward that adds must not pass for one that writes";
    else
      expect_equal(x.grad(), 8.0 * x.detach(), 0.0);
  }
}

/// x [1, 1, n] through the input hook of an encoder that needs nothing else.
Tensor input_alone(const std::string& id, const Tensor& x, bool training = false) {
  Model model(encoder("operations", id));
  backbone::Sequence sequence;
  sequence.position = at::zeros({1, 1}, at::kLong);
  sequence.mask = at::ones({1, 1}, at::kBool);
  Randomness randomness(base::Stream(1, "dropout"), training);
  model.encoding().begin(randomness);
  return model.encoding().input(sequence, x);
}

/// What plugins/operations.c puts into its output, one after the other, and the sentence that each is about.
std::vector<std::pair<const char*, std::vector<double>>> results_of_operations() {
  const double e1 = std::exp(1), e2 = std::exp(2), e3 = std::exp(3), e4 = std::exp(4), e5 = std::exp(5);
  const auto softplus = [](double x) { return std::log1p(std::exp(x)); };
  const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
  return {
      {"NEG", {-0.7, -1.6}},
      {"ABS", {0.7, 1.6}},
      {"EXP", {std::exp(0.7), std::exp(1.6)}},
      {"LOG", {std::log(0.7), std::log(1.6)}},
      {"SIN", {std::sin(0.7), std::sin(1.6)}},
      {"COS", {std::cos(0.7), std::cos(1.6)}},
      {"SQRT", {std::sqrt(0.7), std::sqrt(1.6)}},
      {"TANH", {std::tanh(0.7), std::tanh(1.6)}},
      {"SIGMOID", {sigmoid(0.7), sigmoid(1.6)}},
      {"RELU", {0.7, 1.6}},
      {"SOFTPLUS", {softplus(0.7), softplus(1.6)}},
      {"FLOOR", {0, 1}},
      {"CEIL", {1, 2}},
      {"SIGN", {1, 1}},
      {"ABS of I64", {3, 4}},
      {"RELU of a negative number", {0, 0.7}},
      {"FLOOR of negative numbers", {-1, -2}},
      {"SIGN of a negative number and of 0", {-1, 0}},
      {"ADD", {3.5, 6}},
      {"SUB", {-0.5, 0}},
      {"MUL", {3, 9}},
      {"DIV", {0.75, 1}},
      {"POW", {2.25, 27}},
      {"MIN", {1.5, 3}},
      {"MAX", {2, 3}},
      {"LT", {1, 0}},
      {"LE", {1, 1}},
      {"EQ", {0, 1}},
      {"DIV of I64 rounds toward minus infinity", {-4, 3}},
      {"scalar SUB", {1.25, 2.75}},
      {"scalar DIV of I64", {-4, 3}},
      {"choose", {3, 2}},
      {"clamp", {-1, 2}},
      {"clamp of I64 without a lower bound", {-9, 5}},
      {"clamp of I64 without an upper bound", {-5, 9}},
      {"cast to I64 truncates toward zero", {-1, 1}},
      {"detach", {5, 6}},
      {"SUM", {8, 7}},
      {"MEAN", {8.0 / 3, 7.0 / 3}},
      {"AMAX", {5, 4}},
      {"CUMSUM", {1, 6, 8, 4, 4, 7}},
      {"SOFTMAX",
       {e1 / (e1 + e5 + e2), e5 / (e1 + e5 + e2), e2 / (e1 + e5 + e2), e4 / (e4 + 1 + e3), 1 / (e4 + 1 + e3),
        e3 / (e4 + 1 + e3)}},
      {"a negative dimension counts from the end", {5, 5, 5}},
      {"matmul", {30, 10, 10, 25}},
      {"einsum", {30, 10, 10, 25}},
      {"embedding", {4, 0, 3, 1, 5, 2}},
      {"gather", {2, 1, 3, 4}},
      {"scatter_add", {0, 0, 0, 5, 5, 5}},
      {"reshape, then permute", {1, 2, 0, 5, 4, 3}},
      {"arange, expanded", {3, 2, 1, 3, 2, 1}},
      {"slice", {1, 2, 4, 3}},
      {"concat", {1, 5, 2, 4, 0, 3, 1, 5, 2, 4, 0, 3}},
      {"dtype of F16", {PEB_F16}},
      {"dtype of BF16", {PEB_BF16}},
      {"dtype of F32", {PEB_F32}},
      {"dtype of F64", {PEB_F64}},
      {"dtype of I64", {PEB_I64}},
      {"dtype of BOOL", {PEB_BOOL}},
      {"dtype of MODEL, never MODEL", {PEB_F64}},
      {"shape: dimensions, the first size, none beyond the capacity", {2, 2, 0}},
  };
}

TEST(Meaning, EveryOperationAndCode) {
  const auto expected = results_of_operations();
  std::int64_t count = 0;
  for (const auto& [name, values] : expected) count += static_cast<std::int64_t>(values.size());
  const Tensor found = input_alone("operations", at::zeros({1, 1, count}, at::kDouble)).flatten();
  ASSERT_EQ(found.numel(), count);
  std::int64_t place = 0;
  for (const auto& [name, values] : expected)
    for (const double value : values)
      EXPECT_NEAR(found[place++].item<double>(), value, 1e-12) << name << ", result " << place - 1;
}

TEST(Meaning, TiesOfAmaxShareTheGradient) {
  Tensor x = at::tensor(std::vector<double>{2, 5, 5, 1}, at::kDouble).view({1, 1, 4}).set_requires_grad(true);
  input_alone("operations_amax", x).sum().backward();
  expect_equal(x.grad().flatten(), at::tensor(std::vector<double>{0, 2, 2, 0}, at::kDouble), 0.0);
}

TEST(Meaning, DropoutScalesTheRestWhileTrainingAlone) {
  const Tensor ones = at::ones({1, 1, 4096}, at::kDouble);
  expect_equal(input_alone("operations_dropout", ones), ones, 0.0);
  const Tensor kept = input_alone("operations_dropout", ones, true);
  EXPECT_TRUE((kept.eq(0) | (kept - 1 / 0.75).abs().lt(1e-12)).all().item<bool>());
  EXPECT_NEAR(kept.eq(0).to(at::kDouble).mean().item<double>(), 0.25, 5 * std::sqrt(0.25 * 0.75 / 4096));
}

TEST(Meaning, NormalHasItsMeanAndDeviation) {
  const Tensor drawn = input_alone("operations_normal", at::zeros({1, 1, 4096}, at::kDouble));
  EXPECT_NEAR(drawn.mean().item<double>(), 3, 5 * 0.5 / 64);
  EXPECT_NEAR(drawn.std().item<double>(), 0.5, 5 * 0.5 / std::sqrt(2 * 4096.0));
}

TEST(Meaning, AnIndexOutsideFailsAndTheFirstErrorSticks) {
  try {
    input_alone("operations_index_outside", at::ones({1, 1, 4}, at::kDouble));
    FAIL() << "nothing was refused";
  } catch (const backbone::EncodingError& error) {
    EXPECT_STREQ(
        error.what(),
        "plugin 'operations_index_outside', hook input: embedding([2, 3], [2]): index 2 is outside [0, 2)");
  }
}

TEST(Meaning, ParametersBeginAsDeclared) {
  auto config = small();
  config.encode_cross_attention = true;
  Model model(encoder("parameters", "parameters"), config);
  const auto value = [&](const std::string& name) {
    return model.parameters().at("encoding." + name).value.detach();
  };
  const auto between = [&](const std::string& name, double low, double high) {
    const Tensor v = value(name);
    EXPECT_TRUE(v.ge(low).all().item<bool>() && v.lt(high + 1e-15).all().item<bool>()) << name;
    // 2000 numbers reach into the outer hundredths of their range.
    EXPECT_LT(v.min().item<double>(), low + 0.01 * (high - low)) << name;
    EXPECT_GT(v.max().item<double>(), high - 0.01 * (high - low)) << name;
  };
  expect_equal(value("zero"), at::zeros({40, 50}, at::kDouble), 0.0);
  expect_equal(value("const"), at::full({40, 50}, 1.5, at::kDouble), 0.0);
  expect_equal(value("data"), at::arange(2000, at::kDouble).view({40, 50}), 0.0);
  between("trunc_normal", 3 - 2 * 0.5, 3 + 2 * 0.5);
  between("uniform", -1, 3);
  between("xavier", -std::sqrt(6.0 / 90), std::sqrt(6.0 / 90));
  between("xavier.twice", -2 * std::sqrt(6.0 / 90), 2 * std::sqrt(6.0 / 90));
  EXPECT_NEAR(value("normal").mean().item<double>(), 3, 5 * 0.5 / std::sqrt(2000.0));
  EXPECT_NEAR(value("normal").std().item<double>(), 0.5, 5 * 0.5 / std::sqrt(4000.0));
  EXPECT_TRUE((value("normal") - 3).abs().gt(2 * 0.5).any().item<bool>()) << "only TRUNC_NORMAL is cut off";
  // n_layers, n_sites (cross-attention runs hooks), n_heads, d_model, d_head, max_len, n_positions
  expect_equal(value("sizes"), at::tensor(std::vector<double>{2, 3, 2, 4, 2, 5, 6}, at::kDouble), 0.0);
  for (const auto& parameter : model.parameters().all()) {
    const bool frozen = parameter.name == "encoding.sizes";
    EXPECT_EQ(parameter.frozen, frozen) << parameter.name;
    EXPECT_EQ(parameter.value.requires_grad(), !frozen) << parameter.name;
  }
}

}  // namespace
}  // namespace pebench::compat
