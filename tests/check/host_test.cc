// The checks of meaning held to the host: under full attention a model without positions cannot know the
// order of a profile.

#include <gtest/gtest.h>

#include "host/plugin/library.h"
#include "host/plugin/options.h"
#include "host/worker/backbone/carca/carca.h"
#include "host/worker/check/inputs.h"
#include "host/worker/plugin/plugin_encoding.h"

namespace pebench::test {
namespace {

using check::uniform;

constexpr std::int64_t items = 9, max_len = 5, candidates = 4;

/// Logits [1, C] of a profile of five items, in the order given, in a model with the plugin in its slot.
Tensor logits(const std::string& name, bool encode_cross_attention, const std::vector<std::int64_t>& order) {
  at::NoGradGuard no_grad;
  carca::Config config;
  config.items = items;
  config.width = 8;
  config.heads = config.blocks = 2;
  config.max_len = max_len;
  config.encode_cross_attention = encode_cross_attention;
  tensor::ParameterSet parameters(1, at::TensorOptions(at::kDouble));
  backbone::ItemAttributes attributes;
  attributes.offsets.assign(items + 2, 0);
  attributes.dense = {uniform({items + 1, 3}, 1, "attributes")};
  carca::Carca carca(config, parameters, attributes);
  const auto library =
      plugin::Library::load(std::string(PEBENCH_PLUGIN_DIR) + "/" + name + ".so", plugin::host());
  const plugin::OptionValues values(library.encoder(name),
                                    plugin::with_defaults(library.encoder(name), nlohmann::json::object()));
  plugin::PluginEncoding encoding(library.table(name), values.values(), config, parameters);
  carca.set_encoding(&encoding);

  const Tensor place = at::tensor(order, at::kLong);
  backbone::Window window, ranked;
  window.item = at::arange(1, max_len + 1, at::kLong).index_select(0, place).unsqueeze(0);
  window.context = uniform({1, max_len, config.context}, 1, "contexts").index_select(1, place);
  window.mask = at::ones({1, max_len}, at::kBool);
  window.position = at::arange(max_len, at::kLong).unsqueeze(0);
  ranked.item = at::arange(items - candidates + 1, items + 1, at::kLong).unsqueeze(0);
  ranked.context =
      uniform({1, 1, config.context}, 1, "context of candidates").expand({1, candidates, config.context});
  ranked.mask = at::ones({1, candidates}, at::kBool);
  ranked.position = at::full({1, candidates}, max_len, at::kLong);
  carca::Pass pass =
      carca.begin(at::arange(items + 1, at::kLong), tensor::Randomness(base::Stream(1, "dropout"), false));
  const carca::Profile profile = carca.profile(pass, window);
  return carca.score(pass, profile, ranked, at::ones({1, 1, 1, 1}, at::kBool));
}

bool knows_order(const std::string& plugin, bool encode_cross_attention) {
  return !at::allclose(logits(plugin, encode_cross_attention, {3, 0, 4, 2, 1}),
                       logits(plugin, encode_cross_attention, {0, 1, 2, 3, 4}), 1e-9, 1e-12);
}

TEST(Host, KnowsTheOrderOfAProfileThroughTheEncodingAlone) {
  for (const bool encode_cross_attention : {false, true}) {
    EXPECT_FALSE(knows_order("none", encode_cross_attention));
    for (const char* plugin : {"sinusoidal", "learnt", "rotatory", "relative", "rope"})
      EXPECT_TRUE(knows_order(plugin, encode_cross_attention)) << plugin;
  }
}

}  // namespace
}  // namespace pebench::test
