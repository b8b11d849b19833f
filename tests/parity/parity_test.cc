// Every fixture of reference.py, element by element: |x - reference| <= tolerance * max|reference| of that
// tensor.
//
//   parity_test                                the fixtures the project carries
//   PEBENCH_PARITY_DIR=folder parity_test      also those of another folder, of any sizes
//
// Outputs come from untrimmed windows (as the reference computes them); the loss and all gradients once from
// untrimmed and once from bucketed, trimmed windows; candidate logits from lists and from the ranking of all
// items. `paper_*` is float64 only: its doubled feed-forward amplifies rounding.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "host/plugin/library.h"
#include "host/plugin/options.h"
#include "host/worker/backbone/carca/ranker.h"
#include "host/worker/plugin/plugin_encoding.h"
#include "tests/parity/fixture.h"
#include "tests/parity/tensors.h"

namespace pebench::parity {
namespace {

struct Precision {
  const char* name;
  at::ScalarType type;
  double tolerance;
};
constexpr Precision float64{"float64", at::kDouble, 1e-9}, float32{"float32", at::kFloat, 1e-4};

/// A model with the fixture's parameters and the encoding loaded from its plugin.
class Bench {
 public:
  Bench(const Fixture& fixture, at::ScalarType type, bool fast)
      : fixture_(fixture),
        config_(with_engine(fixture.config, fast)),
        parameters_(1, at::TensorOptions(type)) {
    backbone::ItemAttributes attributes;
    attributes.dense = {fixture.attributes.to(type)};
    attributes.offsets.assign(config_.items + 2, 0);
    model_ = std::make_unique<carca::Carca>(config_, parameters_, attributes);
    const auto path = std::filesystem::path(PEBENCH_PLUGIN_DIR) / (fixture.kind + ".so");
    library_ = std::make_unique<plugin::Library>(plugin::Library::load(path, plugin::host()));
    const auto& encoder = library_->encoder(fixture.kind);
    values_ =
        std::make_unique<plugin::OptionValues>(encoder, plugin::with_defaults(encoder, fixture.options));
    encoding_ = std::make_unique<plugin::PluginEncoding>(library_->table(fixture.kind), values_->values(),
                                                         config_, parameters_);
    model_->set_encoding(encoding_.get());
    at::NoGradGuard no_grad;
    for (auto& parameter : parameters_.all()) {
      auto reference = fixture.parameters.find(parameter.name);
      if (reference == fixture.parameters.end())
        throw std::runtime_error("the fixture has no " + parameter.name);
      parameter.value.copy_(reference->second);
    }
    if (parameters_.all().size() != fixture.parameters.size())
      throw std::runtime_error("the fixture has parameters that the model does not declare");
  }

  /// Forward and backward over one batch. `trim`: in buckets, as training does it.
  std::map<std::string, Tensor> train() {
    train::WindowMaker windows(*model_);
    auto batch = windows.training(fixture_.training_rows());
    auto pass = model_->begin(batch.distinct, tensor::Randomness(base::Stream(1, "dropout"), true));
    std::map<std::string, Tensor> outputs;
    Tensor loss = at::zeros({}, parameters_.options());
    for (const auto& bucket : batch.buckets) {
      auto profile = model_->profile(pass, bucket.profile);
      auto logits = model_->train(pass, profile, bucket.targets, {bucket.negatives()});
      loss = loss + model_->loss_sum(logits, bucket.targets.mask);
      outputs["profile"] = profile.states;
      outputs["target_logits"] = logits.target;
      outputs["negative_logits"] = logits.negatives[0];
    }
    loss = loss / static_cast<double>(2 * batch.slots);
    for (auto& parameter : parameters_.all()) parameter.value.mutable_grad() = Tensor();
    loss.backward();
    outputs["loss"] = loss;
    for (auto& parameter : parameters_.all()) {
      Tensor gradient = parameter.value.grad();
      outputs["gradient of " + parameter.name] =
          gradient.defined() ? gradient : at::zeros_like(parameter.value);
    }
    return outputs;
  }

  Tensor rank_lists() {
    train::WindowMaker windows(*model_);
    carca::Ranker ranker(*model_);
    return ranker.lists(windows.evaluation(fixture_.evaluation_rows()), candidates());
  }

  /// The candidates' logits, taken out of those of all items.
  Tensor rank_all() {
    train::WindowMaker windows(*model_);
    carca::Ranker ranker(*model_);
    return ranker.all(windows.evaluation(fixture_.evaluation_rows())).gather(1, candidates());
  }

 private:
  static carca::Config with_engine(carca::Config config, bool fast) {
    config.fast = fast;
    return config;
  }
  Tensor candidates() const { return fixture_.inputs.at("candidates").to(at::kLong); }

  const Fixture& fixture_;
  const carca::Config config_;
  tensor::ParameterSet parameters_;
  std::unique_ptr<carca::Carca> model_;
  std::unique_ptr<plugin::Library> library_;
  std::unique_ptr<plugin::OptionValues> values_;
  std::unique_ptr<plugin::PluginEncoding> encoding_;
};

class Parity : public testing::Test {
 public:
  explicit Parity(std::filesystem::path path) : path_(std::move(path)) {}

  void TestBody() override {
    const Fixture fixture = read_fixture(path_);
    const bool paper = fixture.name.rfind("paper_", 0) == 0;
    compare(fixture, float64);
    if (!paper) compare(fixture, float32);
    std::printf("%s\n", report_.c_str());
  }

 private:
  void expect(const std::string& what, const Tensor& x, const Tensor& reference, const Precision& precision) {
    const double found = deviation(x, reference);
    if (!(found <= worst_)) worst_ = found, worst_of_ = what;
    EXPECT_LE(found, precision.tolerance) << what << " in " << precision.name;
  }

  void compare(const Fixture& fixture, const Precision& precision) {
    worst_ = -1.0;
    for (bool fast : {false, true}) {
      Bench bench(fixture, precision.type, fast);
      const std::string engine = fast ? " (fast engine)" : " (plain engine)";
      const auto outputs = bench.train();
      if (!fast)  // untrimmed: padded slots can be compared too
        for (const char* name : {"profile", "target_logits", "negative_logits"})
          expect(name, outputs.at(name), fixture.outputs.at(name), precision);
      expect("loss" + engine, outputs.at("loss"), fixture.outputs.at("loss"), precision);
      EXPECT_EQ(fixture.gradients.size(), fixture.parameters.size());
      for (const auto& [name, reference] : fixture.gradients)
        expect("gradient of " + name + engine, outputs.at("gradient of " + name), reference, precision);
      const Tensor& logits = fixture.outputs.at("candidate_logits");
      expect("candidate logits in lists" + engine, bench.rank_lists(), logits, precision);
      // With candidates at positions of their own, an item's logit depends on its place in the list.
      if (!fixture.config.candidate_position_is_index)
        expect("candidate logits among all items" + engine, bench.rank_all(), logits, precision);
    }
    char line[200];
    std::snprintf(line, sizeof line, "%s%-28s %s  largest relative deviation %.2e  (%s)",
                  report_.empty() ? "" : "\n", fixture.name.c_str(), precision.name, worst_,
                  worst_of_.c_str());
    report_ += line;
  }

  std::filesystem::path path_;
  double worst_ = -1.0;
  std::string worst_of_, report_;
};

void register_fixtures(const std::string& suite, const std::filesystem::path& folder) {
  auto paths = fixtures_in(folder);
  if (paths.empty()) throw std::runtime_error("no fixtures in " + folder.string());
  for (const auto& path : paths) {
    auto name = path.filename().string();
    name.erase(name.find(".json"));
    testing::RegisterTest(suite.c_str(), name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [path]() -> testing::Test* { return new Parity(path); });
  }
}

}  // namespace

void register_transformer_fixtures(const std::string& suite,
                                   const std::filesystem::path& folder);  // transformer_parity_test.cc

}  // namespace pebench::parity

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  at::set_num_threads(1);
  pebench::parity::register_fixtures("Parity", PEBENCH_FIXTURES);
  pebench::parity::register_transformer_fixtures("SasrecParity", PEBENCH_SASREC_FIXTURES);
  pebench::parity::register_transformer_fixtures("CarcaScorerParity", PEBENCH_CARCA_FIXTURES);
  pebench::parity::register_transformer_fixtures("Bert4RecParity", PEBENCH_BERT4REC_FIXTURES);
  pebench::parity::register_transformer_fixtures("TisasrecParity", PEBENCH_TISASREC_FIXTURES);
  if (const char* folder = std::getenv("PEBENCH_PARITY_DIR"))
    pebench::parity::register_fixtures("ParityOfFolder", folder);
  return RUN_ALL_TESTS();
}
