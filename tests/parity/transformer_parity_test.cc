// Every fixture of sasrec_reference.py and bert4rec_reference.py, element by element, as parity_test.cc holds
// CARCA's; their objectives are in them.

#include <gtest/gtest.h>

#include "host/plugin/library.h"
#include "host/plugin/options.h"
#include "host/worker/backbone/bert4rec/bert4rec.h"
#include "host/worker/backbone/sasrec/sasrec.h"
#include "host/worker/plugin/plugin_encoding.h"
#include "host/worker/train/windows.h"
#include "tests/parity/fixture.h"
#include "tests/parity/tensors.h"

namespace pebench::parity {
namespace {

struct TransformerFixture {
  bool masked = false;  ///< of BERT4Rec
  backbone::CatalogueConfig config;
  std::string kind;
  nlohmann::json options;
  std::map<std::string, Tensor> inputs, parameters, outputs, gradients;

  /// The windows to rank behind.
  const Tensor& ranked() const { return inputs.at(masked ? "ranked" : "seq"); }
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
  config.inner_width = json.at("inner");
  config.activation = backbone::activation_of(json.at("activation"));
  config.norm_place =
      json.at("norm_place") == "after" ? backbone::NormPlace::after : backbone::NormPlace::before;
  config.causal = json.at("attention") == "causal";
  config.masked = json.at("attention") == "masked";
  config.objective = {objectives.at(json.at("objective")), json.at("calibration")};
  return config;
}

TransformerFixture read_transformer_fixture(const std::filesystem::path& path) {
  const nlohmann::json json = read_json(path);
  TransformerFixture fixture;
  fixture.config = config_of(json.at("config"));
  fixture.masked = json.at("config").value("backbone", "sasrec") == "bert4rec";
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

/// The newest `count` slots of a window [L] and their times [L].
train::Events events_of(const Tensor& window, const Tensor& time, std::int64_t count, std::int64_t context) {
  train::Events events;
  events.items = newest_of(window, count);
  events.times = newest_of(time, count);
  events.context.assign(events.items.size() * context, 0.0);
  return events;
}

class TransformerBench {
 public:
  TransformerBench(const TransformerFixture& fixture, at::ScalarType type, bool fast)
      : fixture_(fixture), config_(fixture.config), parameters_(1, at::TensorOptions(type)) {
    config_.fast = fast;
    if (fixture.masked)
      model_ = std::make_unique<bert4rec::Bert4Rec>(config_, parameters_);
    else
      model_ = std::make_unique<sasrec::SasRec>(config_, parameters_);
    const auto path = std::filesystem::path(PEBENCH_PLUGIN_DIR) / (fixture.kind + ".so");
    library_ = std::make_unique<plugin::Library>(plugin::Library::load(path, plugin::host()));
    const auto& encoder = library_->encoder(fixture.kind);
    values_ =
        std::make_unique<plugin::OptionValues>(encoder, plugin::with_defaults(encoder, fixture.options));
    encoding_ = std::make_unique<plugin::PluginEncoding>(library_->table(fixture.kind), values_->values(),
                                                         config_, parameters_);
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
      row.profile = events_of(inputs.at("seq")[b], times()[b], count, config_.context);
      row.targets = events_of(inputs.at("target")[b], times()[b], count, config_.context);
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
      rows.push_back({events_of(window, times()[b], events_in(window), config_.context),
                      std::vector<double>(config_.context, 0.0), 0});
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
  Tensor candidates() const { return fixture_.inputs.at("candidates").to(at::kLong); }

  const TransformerFixture& fixture_;
  backbone::CatalogueConfig config_;
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
