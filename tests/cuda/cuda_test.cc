// What only a GPU can show: the same model, on the device, against the CPU. Skipped where LibTorch sees no
// CUDA device; runs wherever pebench is built against a LibTorch with CUDA: ctest -L cuda.

#include <gtest/gtest.h>

#include "host/plugin/library.h"
#include "host/plugin/options.h"
#include "host/worker/backbone/carca/ranker.h"
#include "host/worker/plugin/plugin_encoding.h"
#include "tests/parity/fixture.h"

namespace pebench {
namespace {

class Cuda : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (!at::hasCUDA()) GTEST_SKIP() << "this LibTorch sees no CUDA device";
  }
};

/// Loss, gradients and candidate logits of a fixture, computed on a device, in float64.
std::map<std::string, Tensor> compute(const parity::Fixture& fixture, const at::Device& device) {
  tensor::ParameterSet parameters(1, at::TensorOptions(at::kDouble).device(device));
  backbone::ItemAttributes attributes;
  attributes.dense = {fixture.attributes.to(device)};
  attributes.offsets.assign(fixture.config.items + 2, 0);
  carca::Carca model(fixture.config, parameters, attributes);
  const auto library =
      plugin::Library::load(std::string(PEBENCH_PLUGIN_DIR) + "/" + fixture.kind + ".so", plugin::host());
  const plugin::OptionValues values(library.encoder(fixture.kind),
                                    plugin::with_defaults(library.encoder(fixture.kind), fixture.options));
  plugin::PluginEncoding encoding(library.table(fixture.kind), values.values(), fixture.config, parameters);
  model.set_encoding(&encoding);
  {
    at::NoGradGuard no_grad;
    for (auto& parameter : parameters.all()) parameter.value.copy_(fixture.parameters.at(parameter.name));
  }
  train::WindowMaker windows(model);
  auto batch = windows.training(fixture.training_rows());
  auto pass = model.begin(batch.distinct, tensor::Randomness(base::Stream(1, "dropout"), true));
  Tensor loss = at::zeros({}, parameters.options());
  for (const auto& bucket : batch.buckets) {
    auto profile = model.profile(pass, bucket.profile);
    loss = loss + model.loss_sum(model.train(pass, profile, bucket.targets, {bucket.negatives()}),
                                 bucket.targets.mask);
  }
  loss.backward();
  std::map<std::string, Tensor> found{{"loss", loss.detach().cpu()}};
  for (auto& parameter : parameters.all())
    if (parameter.value.grad().defined())
      found["gradient of " + parameter.name] = parameter.value.grad().cpu();
  carca::Ranker ranker(model);
  found["logits of all items"] =
      ranker.all(windows.evaluation(fixture.evaluation_rows())).cpu().narrow(1, 1, fixture.config.items);
  return found;
}

TEST_P(Cuda, GivesWhatTheCpuGives) {
  const auto fixture = parity::read_fixture(std::string(PEBENCH_FIXTURES) + "/" + GetParam() + ".json.gz");
  const auto expected = compute(fixture, at::kCPU);
  const auto found = compute(fixture, at::Device(at::kCUDA, 0));
  EXPECT_EQ(found.size(), expected.size());
  for (const auto& [name, value] : found) {
    const Tensor& reference = expected.at(name);
    EXPECT_LE((value - reference).abs().max().item<double>(),
              1e-9 * std::max(1.0, reference.abs().max().item<double>()))
        << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Fixtures, Cuda,
                         testing::Values("clean_none", "clean_learnt_con", "clean_rotatory",
                                         "clean_rmha4_causal", "clean_rope"));

}  // namespace
}  // namespace pebench
