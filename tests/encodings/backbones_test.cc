// Every built-in encoding trains in every backbone, and both engines give the same loss and gradients.

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <sstream>

#include "host/worker/backbone/carca/carca.h"
#include "host/worker/backbone/sasrec/sasrec.h"
#include "host/worker/train/windows.h"
#include "tests/support/plugin_instance.h"

namespace pebench::test {
namespace {

constexpr std::int64_t items = 23, max_len = 6;

void set_sizes(backbone::Sizes& sizes, bool fast) {
  sizes.items = items;
  sizes.width = 8;
  sizes.heads = 2;
  sizes.blocks = 2;
  sizes.max_len = max_len;
  sizes.causal = true;
  sizes.fast = fast;
}

std::unique_ptr<backbone::Backbone> make_carca(bool fast, tensor::ParameterSet& parameters) {
  carca::Config config;
  set_sizes(config, fast);
  config.encode_cross_attention = true;
  backbone::ItemAttributes none;
  none.offsets.assign(items + 2, 0);
  return std::make_unique<carca::Carca>(config, parameters, none);
}

std::unique_ptr<backbone::Backbone> make_sasrec(bool fast, tensor::ParameterSet& parameters) {
  sasrec::Config config;
  set_sizes(config, fast);
  config.inner_width = 16;
  config.initial = tensor::Initial::normal(0.0, 0.5);
  return std::make_unique<sasrec::SasRec>(config, parameters);
}

train::Events events(const std::vector<std::int64_t>& ids, std::int64_t first_hour) {
  train::Events made;
  made.items = ids;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto hour = first_hour + static_cast<std::int64_t>(i * i);
    made.times.push_back(3600 * hour);
    for (int k = 0; k < 6; ++k) made.context.push_back(0.01 * static_cast<double>(hour % (k + 2)));
  }
  return made;
}

/// Windows of two lengths, so that the fast engine cuts off padding.
std::vector<train::TrainingRow> rows() {
  return {{events({3, 4, 5, 6, 9}, 50), events({4, 5, 6, 9, 2}, 51), {10, 11, 12, 13, 14}, 0.8},
          {events({21, 7}, 90), events({7, 22}, 91), {1, 2}, 0.9}};
}

struct Model {
  using Make = std::unique_ptr<backbone::Backbone> (*)(bool, tensor::ParameterSet&);

  Model(Make make, const std::string& plugin, bool fast)
      : parameters(3, at::TensorOptions(at::kDouble)),
        backbone(make(fast, parameters)),
        // Noise is drawn by slot, and the engines have not as many of them.
        instance(std::string(PEBENCH_PLUGIN_DIR) + "/" + plugin + ".so", plugin,
                 plugin == "cape" ? nlohmann::json{{"max_local_shift", 0.0},
                                                   {"max_global_shift", 0.0},
                                                   {"max_global_scaling", 1.0}}
                                  : nlohmann::json::object(),
                 backbone->sizes()) {
    at::NoGradGuard no_grad;
    for (auto& parameter : instance.parameters().all())
      parameter.value.add_(
          0.3 * at::arange(parameter.value.numel(), at::kDouble).add(7.0).sin().view_as(parameter.value));
    backbone->set_encoding(&*instance);
  }

  /// The loss, and its gradient by every parameter of backbone and encoding.
  std::map<std::string, Tensor> train() {
    const auto batch = train::WindowMaker(*backbone).training(rows());
    const Tensor loss = backbone->loss(batch, tensor::Randomness(base::Stream(1, "dropout"), true));
    loss.backward();
    std::map<std::string, Tensor> found = {{"loss", loss.detach()}};
    for (const auto* set : {&parameters, &instance.parameters()})
      for (const auto& parameter : set->all())
        if (parameter.value.grad().defined()) found[parameter.name] = parameter.value.grad();
    return found;
  }

  tensor::ParameterSet parameters;
  std::unique_ptr<backbone::Backbone> backbone;
  PluginInstance instance;
};

TEST(Backbones, TrainEveryEncodingAlikeInBothEngines) {
  const std::map<std::string, Model::Make> backbones = {{"carca", make_carca}, {"sasrec", make_sasrec}};
  for (const auto& [name, make] : backbones) {
    const double without = Model(make, "none", true).train().at("loss").item<double>();
    std::istringstream plugins(PEBENCH_PLUGINS);
    for (std::string plugin; plugins >> plugin;) {
      SCOPED_TRACE(name + ", " + plugin);
      Model fast(make, plugin, true), plain(make, plugin, false);
      const auto found = fast.train(), expected = plain.train();
      ASSERT_EQ(found.size(), expected.size());
      for (const auto& [what, value] : expected) {
        const double gap = (found.at(what) - value).abs().max().item<double>();
        EXPECT_LE(gap, 1e-9 * value.abs().max().item<double>() + 1e-13) << what;
      }
      const double change = std::abs(found.at("loss").item<double>() - without);
      if (plugin == "none")
        EXPECT_EQ(change, 0.0);
      else
        EXPECT_GT(change, 1e-9) << "no hook had an effect";
    }
  }
}

}  // namespace
}  // namespace pebench::test
