// The built-in plugins through the real operation table: gradients of every hook's inputs and of every parameter by finite
// differences in float64, float32 against float64, positions given once or per row, batch independence.

#include <gtest/gtest.h>

#include "host/plugin/descriptor/library.h"
#include "host/plugin/descriptor/options.h"
#include "host/plugin/operations/plugin_encoding.h"
#include "tests/abi/gradients.h"

namespace pebench::test {
namespace {

constexpr std::int64_t B = 2, H = 2, L = 5, h = 4, d = H * h, max_len = 7;

struct Variant {
  std::string plugin;
  nlohmann::json options;
};

std::vector<Variant> variants() {
  return {
      {"none", {}},
      {"sinusoidal", {}},
      {"sinusoidal", {{"concat", true}}},
      {"sinusoidal", {{"reverse", true}, {"base", 100.0}}},
      {"learnt", {}},
      {"learnt", {{"concat", true}}},
      {"rotatory", {{"mode", "rotate"}}},
      {"rotatory", {{"mode", "rotate"}, {"concat", true}}},
      {"rotatory", {{"mode", "rotate"}, {"init", "frequencies"}}},
      {"rotatory", {{"mode", "additive"}, {"init_std", 3000.0}}},
      {"rotatory", {{"mode", "additive"}, {"concat", true}}},
      {"relative", {{"max_distance", 2}}},
      {"relative", {{"max_distance", 4}, {"output_projection", true}}},
      {"rope", {}},
      {"rope", {{"base", 100.0}, {"first_layer_only", true}}},
  };
}

model::ModelConfig config() {
  model::ModelConfig made;
  made.items = 9;
  made.width = d;
  made.heads = H;
  made.blocks = 2;
  made.max_len = max_len;
  return made;
}

class Instance {
 public:
  explicit Instance(const Variant& variant, at::ScalarType type = at::kDouble)
      : library_(plugin::Library::load(std::string(PEBENCH_PLUGIN_DIR) + "/" + variant.plugin + ".so", plugin::host())),
        values_(library_.encoder(variant.plugin),
                plugin::with_defaults(library_.encoder(variant.plugin),
                                      variant.options.is_null() ? nlohmann::json::object() : variant.options)),
        parameters_(5, at::TensorOptions(type)),
        encoding_(library_.table(variant.plugin), values_.values(), config(), parameters_) {}

  std::vector<Tensor> parameters() {
    std::vector<Tensor> values;
    for (auto& parameter : parameters_.all()) values.push_back(parameter.value);
    return values;
  }
  bool trained(std::size_t i) { return !parameters_.all()[i].frozen; }

  /// All hooks on x [B, L, d], q, k, v [B, H, L, h] and weights [B, H, L, L]; the results one after the other.
  Tensor hooks(const std::vector<Tensor>& t, const Tensor& position, std::int64_t layer = 0) {
    model::Sequence sequence;
    sequence.position = position;
    sequence.mask = at::ones({t[0].size(0), L}, at::kBool);
    encoding_.begin(randomness_);
    std::vector<Tensor> out{encoding_.input(sequence, t[0]).flatten()};
    model::Site site;
    site.layer = layer;
    site.scale = 0.5;
    site.q = t[1];
    site.k = t[2];
    site.v = t[3];
    site.query_position = site.key_position = position;
    site.visible = at::ones({t[0].size(0), 1, 1, L}, at::kBool);
    encoding_.rotate(site, site.q, site.k);
    out.push_back(site.q.flatten());
    out.push_back(site.k.flatten());
    if (Tensor bias = encoding_.bias(site); bias.defined()) out.push_back(bias.flatten());
    if (encoding_.needs_probs()) site.probs = t[4];
    if (Tensor value = encoding_.value(site); value.defined()) out.push_back(value.flatten());
    out.push_back(encoding_.output(site, t[0]).flatten());
    return at::cat(out);
  }

 private:
  plugin::Library library_;
  plugin::OptionValues values_;
  model::ParameterSet parameters_;
  plugin::PluginEncoding encoding_;
  model::Randomness randomness_{base::Stream(1, "dropout"), false};
};

std::vector<Tensor> operands() {
  return {sample({B, L, d}), sample({B, H, L, h}, 1), sample({B, H, L, h}, 2), sample({B, H, L, h}, 3),
          at::softmax(sample({B, H, L, L}, 4), -1)};
}

Tensor slots() { return at::arange(max_len - L, max_len, at::kLong).unsqueeze(0); }

std::string title(const Variant& variant) { return variant.plugin + " " + variant.options.dump(); }

TEST(Plugins, GradientsAgreeWithFiniteDifferences) {
  for (const auto& variant : variants()) {
    Instance instance(variant);
    EXPECT_EQ(compare_gradients([&](const std::vector<Tensor>& t) { return instance.hooks(t, slots()); }, operands()), "")
        << title(variant);
    // Parameters are leaves of the instance: moved in place, each in turn.
    const Tensor weights = sample(instance.hooks(operands(), slots()).sizes(), 99);
    auto parameters = instance.parameters();
    if (parameters.empty()) continue;
    for (auto& parameter : parameters) parameter.mutable_grad() = Tensor();
    (instance.hooks(operands(), slots()) * weights).sum().backward();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      // Tables of the other layer take no part in this call.
      Tensor gradient = parameters[i].grad().defined() ? parameters[i].grad() : at::zeros_like(parameters[i]);
      const double scale = std::max(1.0, gradient.abs().max().item<double>());
      for (std::int64_t j = 0; j < parameters[i].numel(); ++j) {
        at::NoGradGuard no_grad;
        const double step = 1e-5, value = parameters[i].flatten()[j].item<double>();
        double side[2];
        for (int s = 0; s < 2; ++s) {
          parameters[i].view({-1})[j] = value + (s == 0 ? step : -step);
          side[s] = (instance.hooks(operands(), slots()) * weights).sum().item<double>();
        }
        parameters[i].view({-1})[j] = value;
        EXPECT_NEAR(gradient.flatten()[j].item<double>(), (side[0] - side[1]) / (2 * step), 1e-6 * scale)
            << title(variant) << ", parameter " << i << ", element " << j;
      }
    }
  }
}

TEST(Plugins, EveryTrainableParameterGetsAGradientInSomeLayer) {
  for (const auto& variant : variants()) {
    Instance instance(variant);
    std::vector<double> reached(instance.parameters().size(), 0.0);
    for (std::int64_t layer = 0; layer < 2; ++layer) {
      for (auto& parameter : instance.parameters()) parameter.mutable_grad() = Tensor();
      Tensor out = instance.hooks(operands(), slots(), layer);
      if (out.requires_grad()) (out * sample(out.sizes(), 99)).sum().backward();
      auto parameters = instance.parameters();
      for (std::size_t i = 0; i < parameters.size(); ++i)
        if (parameters[i].grad().defined()) reached[i] += parameters[i].grad().abs().sum().item<double>();
    }
    for (std::size_t i = 0; i < reached.size(); ++i)
      EXPECT_TRUE(reached[i] > 0.0 || !instance.trained(i)) << title(variant) << ", parameter " << i;
  }
}

TEST(Plugins, SinglePrecisionFollowsDouble) {
  for (const auto& variant : variants()) {
    Instance exact(variant), single(variant, at::kFloat);
    auto inputs = operands();
    const Tensor reference = exact.hooks(inputs, slots());
    for (auto& input : inputs) input = input.to(at::kFloat);
    const Tensor found = single.hooks(inputs, slots()).to(at::kDouble);
    EXPECT_LE((found - reference).abs().max().item<double>(), 1e-5 * reference.abs().max().item<double>()) << title(variant);
  }
}

TEST(Plugins, PositionsPerRowEqualPositionsGivenOnce) {
  for (const auto& variant : variants()) {
    Instance instance(variant);
    EXPECT_TRUE(at::allclose(instance.hooks(operands(), slots()), instance.hooks(operands(), slots().repeat({B, 1})), 1e-12,
                             1e-12))
        << title(variant);
  }
}

TEST(Plugins, ARowDoesNotDependOnTheOthers) {
  for (const auto& variant : variants()) {
    Instance instance(variant);
    auto both = operands(), first = operands(), second = operands();
    for (std::size_t i = 0; i < both.size(); ++i) {
      first[i] = both[i].narrow(0, 0, 1);
      second[i] = both[i].narrow(0, 1, 1);
    }
    Tensor together = instance.hooks(both, slots());
    Tensor a = instance.hooks(first, slots()), b = instance.hooks(second, slots());
    // Sums over the rows compare without knowing which hooks answered.
    EXPECT_NEAR(together.sum().item<double>(), (a.sum() + b.sum()).item<double>(), 1e-9) << title(variant);
    EXPECT_NEAR((together * together).sum().item<double>(), ((a * a).sum() + (b * b).sum()).item<double>(), 1e-9)
        << title(variant);
  }
}

TEST(Plugins, PositionsMatterToAllButTheControl) {
  for (const auto& variant : variants()) {
    Instance instance(variant);
    const Tensor reversed = slots().flip({1});
    EXPECT_EQ(at::allclose(instance.hooks(operands(), slots()), instance.hooks(operands(), reversed)), variant.plugin == "none")
        << title(variant);
  }
}

}  // namespace
}  // namespace pebench::test
