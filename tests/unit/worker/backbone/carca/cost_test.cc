#include "host/backbone/cost.h"

#include <gtest/gtest.h>

#include "host/worker/backbone/carca/carca.h"

namespace pebench::carca {
namespace {

/// What planning believes of the model's size is what the model declares.
TEST(Cost, CountsTheParametersThatTheModelDeclares) {
  constexpr std::int64_t items = 11;
  const std::pair<const char*, const char*> cases[] = {{"layer", "cross_attention"},
                                                       {"rms", "cross_attention"},
                                                       {"none", "cross_attention"},
                                                       {"layer", "dot_product"}};
  for (const auto& [normalization, scorer] : cases) {
    contract::Settings settings;
    settings.model.scorer = scorer;
    settings.model.width = 12;
    settings.model.heads = 3;
    settings.model.blocks = 2;
    settings.model.max_len = 5;
    settings.model.normalization = normalization;
    tensor::ParameterSet parameters(1, at::TensorOptions(at::kFloat));
    backbone::ItemAttributes none;
    none.offsets.assign(items + 2, 0);
    const Carca model(make_config(settings, items), parameters, none);
    EXPECT_EQ(backbone::cost(settings, items, 4.0).parameters, static_cast<double>(parameters.count()))
        << normalization << ", " << scorer;
  }
}

}  // namespace
}  // namespace pebench::carca
