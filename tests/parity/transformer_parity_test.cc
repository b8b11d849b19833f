// Every fixture of sasrec_reference.py, bert4rec_reference.py and carca_reference.py, element by element,
// through what all backbones share: the loss under its objective, states, scores. parity_test.cc holds
// CARCA's parts.

#include <gtest/gtest.h>

#include "host/plugin/library.h"
#include "host/plugin/options.h"
#include "host/worker/backbone/bert4rec/bert4rec.h"
#include "host/worker/backbone/carca/carca.h"
#include "host/worker/backbone/sasrec/sasrec.h"
#include "host/worker/plugin/plugin_encoding.h"
#include "host/worker/train/windows.h"
#include "tests/parity/fixture.h"
#include "tests/parity/tensors.h"

namespace pebench::parity {
namespace {

struct TransformerFixture {
  std::string backbone;
  backbone::CatalogueConfig config;
  carca::Config carca;  ///< where that is the backbone
  Tensor attributes;    ///< [N+1, A], likewise
  std::string kind;
  nlohmann::json options;
  std::map<std::string, Tensor> inputs, parameters, outputs, gradients;

  /// The windows to rank behind.
  const Tensor& ranked() const { return inputs.at(backbone == "bert4rec" ? "ranked" : "seq"); }
};

backbone::CatalogueConfig config_of(const nlohmann::json& json) {
  using Kind = backbone::Objective::Kind;
  const std::map<std::string, Kind> objectives = {{"bce", Kind::binary},
                                                  {"gbce", Kind::calibrated},
                                                  {"softmax", Kind::softmax},
                                                  {"sampled_softmax", Kind::sampled_softmax}};
  backbone::CatalogueConfig config;
  config.items = json.at("n_items");
  config.width = json.at("d");
  config.heads = json.at("heads");
  config.blocks = json.at("layers");
  config.max_len = json.at("max_len");
  config.inner_width = json.value("inner", 0);
  config.activation = backbone::activation_of(json.at("activation"));
  config.norm_place =
      json.value("norm_place", "after") == "after" ? backbone::NormPlace::after : backbone::NormPlace::before;
  config.causal = json.at("attention") == "causal";
  config.masked = json.at("attention") == "masked";
  config.objective = {objectives.at(json.at("objective")), json.at("calibration")};
  return config;
}

carca::Config carca_config_of(const nlohmann::json& json, const backbone::CatalogueConfig& shared) {
  carca::Config config;
  static_cast<backbone::Sizes&>(config) = shared;
  config.context = json.at("n_context");
  config.activation = shared.activation;
  config.objective = shared.objective;
  config.encoder_residual = json.at("residual") == "mul" ? carca::Residual::multiply : carca::Residual::add;
  config.scored_by =
      json.at("scorer") == "dot_product" ? carca::ScoredBy::dot_product : carca::ScoredBy::cross_attention;
  return config;
}

TransformerFixture read_transformer_fixture(const std::filesystem::path& path) {
  const nlohmann::json json = read_json(path);
  TransformerFixture fixture;
  fixture.config = config_of(json.at("config"));
  fixture.backbone = json.at("config").value("backbone", "sasrec");
  if (fixture.backbone == "carca") {
    fixture.carca = carca_config_of(json.at("config"), fixture.config);
    fixture.attributes = tensor_of(json.at("attributes"));
  }
  fixture.options = json.at("options");
  fixture.kind = fixture.options.at("kind");
  fixture.options.erase("kind");
  fixture.inputs = tensors_of(json.at("inputs"));
  fixture.parameters = tensors_of(json.at("parameters"));
  fixture.outputs = tensors_of(json.at("outputs"));
  fixture.gradients = tensors_of(json.at("gradients"));
  return fixture;
}

/// The integers of a row of `tensor`, f64 [..], that are not 0.
std::vector<std::int64_t> items_of(const Tensor& tensor) {
  std::vector<std::int64_t> items;
  const Tensor flat = tensor.contiguous().flatten();
  for (std::int64_t i = 0; i < flat.numel(); ++i)
    if (flat[i].item<double>() != 0.0) items.push_back(static_cast<std::int64_t>(flat[i].item<double>()));
  return items;
}

std::int64_t events_in(const Tensor& window) { return window.ne(0).sum().item<std::int64_t>(); }

/// The newest `count` of x, f64 [L].
std::vector<std::int64_t> newest_of(const Tensor& x, std::int64_t count) {
  const Tensor newest = x.narrow(0, x.size(0) - count, count).to(at::kLong).contiguous();
  return {newest.data_ptr<std::int64_t>(), newest.data_ptr<std::int64_t>() + count};
}

std::vector<double> numbers_of(const Tensor& x) {
  const Tensor flat = x.to(at::kDouble).contiguous().flatten();
  return {flat.data_ptr<double>(), flat.data_ptr<double>() + flat.numel()};
}

/// The newest `count` slots of a window [L], their times [L] and contexts [L, K].
train::Events events_of(const Tensor& window, const Tensor& time, const Tensor& context, std::int64_t count) {
  train::Events events;
  events.items = newest_of(window, count);
  events.times = newest_of(time, count);
  events.context = numbers_of(context.narrow(0, context.size(0) - count, count));
  return events;
}

std::unique_ptr<backbone::Backbone> make_model(const TransformerFixture& fixture, bool fast,
                                               tensor::ParameterSet& parameters) {
  if (fixture.backbone == "carca") {
    carca::Config config = fixture.carca;
    config.fast = fast;
    backbone::ItemAttributes attributes;
    attributes.dense = {fixture.attributes.to(parameters.options())};
    attributes.offsets.assign(config.items + 2, 0);
    return std::make_unique<carca::Carca>(config, parameters, attributes);
  }
  backbone::CatalogueConfig config = fixture.config;
  config.fast = fast;
  if (fixture.backbone == "bert4rec") return std::make_unique<bert4rec::Bert4Rec>(config, parameters);
  return std::make_unique<sasrec::SasRec>(config, parameters);
}

class TransformerBench {
 public:
  TransformerBench(const TransformerFixture& fixture, at::ScalarType type, bool fast)
      : fixture_(fixture), parameters_(1, at::TensorOptions(type)) {
    model_ = make_model(fixture, fast, parameters_);
    const auto path = std::filesystem::path(PEBENCH_PLUGIN_DIR) / (fixture.kind + ".so");
    library_ = std::make_unique<plugin::Library>(plugin::Library::load(path, plugin::host()));
    const auto& encoder = library_->encoder(fixture.kind);
    values_ =
        std::make_unique<plugin::OptionValues>(encoder, plugin::with_defaults(encoder, fixture.options));
    encoding_ = std::make_unique<plugin::PluginEncoding>(library_->table(fixture.kind), values_->values(),
                                                         model_->sizes(), parameters_);
    model_->set_encoding(encoding_.get());
    at::NoGradGuard no_grad;
    for (auto& parameter : parameters_.all()) parameter.value.copy_(fixture.parameters.at(parameter.name));
    EXPECT_EQ(parameters_.all().size(), fixture.parameters.size());
  }

  std::map<std::string, Tensor> train() {
    const auto& inputs = fixture_.inputs;
    std::vector<train::TrainingRow> rows;
    for (std::int64_t b = 0; b < inputs.at("seq").size(0); ++b) {
      train::TrainingRow row;
      const std::int64_t count = events_in(inputs.at("seq")[b]);
      row.profile = events_of(inputs.at("seq")[b], times()[b], context("seq_context")[b], count);
      row.targets = events_of(inputs.at("target")[b], times()[b], context("target_context")[b], count);
      if (inputs.count("negatives")) row.negatives = items_of(inputs.at("negatives")[b]);
      row.drawn_from = inputs.at("drawn_from")[b].item<double>();
      rows.push_back(std::move(row));
    }
    std::vector<std::int64_t> shared;
    if (inputs.count("shared_negatives")) shared = items_of(inputs.at("shared_negatives"));
    auto batch = train::WindowMaker(*model_).training(rows, shared);
    batch.probabilities = inputs.at("probabilities").to(parameters_.options());
    Tensor loss = model_->loss(batch, tensor::Randomness(base::Stream(1, "dropout"), true));
    loss.backward();
    std::map<std::string, Tensor> outputs = {{"loss", loss}};
    for (auto& parameter : parameters_.all()) {
      const Tensor gradient = parameter.value.grad();
      outputs["gradient of " + parameter.name] =
          gradient.defined() ? gradient : at::zeros_like(parameter.value);
    }
    return outputs;
  }

  backbone::Users users() const {
    std::vector<train::EvaluationRow> rows;
    for (std::int64_t b = 0; b < fixture_.ranked().size(0); ++b) {
      const Tensor window = fixture_.ranked()[b];
      const Tensor next = fixture_.inputs.count("candidate_context")
                              ? fixture_.inputs.at("candidate_context")[b]
                              : at::zeros({model_->sizes().context}, at::kDouble);
      rows.push_back(
          {events_of(window, times()[b], context("seq_context")[b], events_in(window)), numbers_of(next), 0});
    }
    return train::WindowMaker(*model_).evaluation(rows);
  }
  Tensor states() const { return model_->states(users()); }
  Tensor lists() const { return model_->scorer()->lists(users(), candidates()); }
  Tensor all() const { return model_->scorer()->all(users()).gather(1, candidates()); }

 private:
  Tensor times() const {
    const auto found = fixture_.inputs.find("time");
    return found != fixture_.inputs.end() ? found->second : at::zeros_like(fixture_.ranked());
  }
  /// [B, L, K]
  Tensor context(const std::string& name) const {
    const auto found = fixture_.inputs.find(name);
    if (found != fixture_.inputs.end()) return found->second;
    return at::zeros({fixture_.ranked().size(0), fixture_.ranked().size(1), model_->sizes().context},
                     at::kDouble);
  }
  Tensor candidates() const { return fixture_.inputs.at("candidates").to(at::kLong); }

  const TransformerFixture& fixture_;
  tensor::ParameterSet parameters_;
  std::unique_ptr<backbone::Backbone> model_;
  std::unique_ptr<plugin::Library> library_;
  std::unique_ptr<plugin::OptionValues> values_;
  std::unique_ptr<plugin::PluginEncoding> encoding_;
};

class TransformerParity : public testing::Test {
 public:
  explicit TransformerParity(std::filesystem::path path) : path_(std::move(path)) {}

  void TestBody() override {
    const TransformerFixture fixture = read_transformer_fixture(path_);
    for (const bool fast : {false, true}) {
      compare(fixture, at::kDouble, 1e-9, fast);
      compare(fixture, at::kFloat, 1e-4, fast);
    }
  }

 private:
  void compare(const TransformerFixture& fixture, at::ScalarType type, double tolerance, bool fast) {
    TransformerBench bench(fixture, type, fast);
    const std::string where = std::string(fast ? " (fast, " : " (plain, ") + at::toString(type) + ")";
    const auto expect = [&](const std::string& what, const Tensor& x, const Tensor& reference) {
      EXPECT_LE(deviation(x, reference), tolerance) << what << where;
    };
    const auto outputs = bench.train();
    expect("loss", outputs.at("loss"), fixture.outputs.at("loss"));
    EXPECT_EQ(fixture.gradients.size(), fixture.parameters.size());
    for (const auto& [name, reference] : fixture.gradients) {
      // What no formula lets depend on it comes out as rounding.
      const bool constant = reference.abs().max().item<double>() < 1e-12;
      const Tensor& found = outputs.at("gradient of " + name);
      if (constant)
        EXPECT_LE(found.abs().max().item<double>(), tolerance) << "gradient of " << name << where;
      else
        expect("gradient of " + name, found, reference);
    }
    if (!fast) {
      const Tensor real = fixture.ranked().ne(0).unsqueeze(-1).to(at::kDouble);
      expect("states", bench.states().to(at::kDouble) * real, fixture.outputs.at("states") * real);
    }
    expect("candidate logits in lists", bench.lists(), fixture.outputs.at("candidate_logits"));
    expect("candidate logits among all items", bench.all(), fixture.outputs.at("candidate_logits"));
  }

  std::filesystem::path path_;
};

}  // namespace

void register_transformer_fixtures(const std::string& suite, const std::filesystem::path& folder) {
  const auto paths = fixtures_in(folder);
  if (paths.empty()) throw std::runtime_error("no fixtures in " + folder.string());
  for (const auto& path : paths) {
    auto name = path.filename().string();
    name.erase(name.find(".json"));
    testing::RegisterTest(suite.c_str(), name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [path]() -> testing::Test* { return new TransformerParity(path); });
  }
}

}  // namespace pebench::parity
