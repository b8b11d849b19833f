#include "host/worker/backbone/sasrec/config.h"

#include "host/worker/backbone/choose.h"

namespace pebench::sasrec {

using backbone::choose;

Config make_config(const contract::Settings& settings, std::int64_t items) {
  using Kind = backbone::Objective::Kind;
  const auto& model = settings.model;
  Config config;
  static_cast<backbone::Sizes&>(config) = backbone::sizes_of(settings, items);
  config.dropout = model.dropout;
  config.activation = backbone::activation_of(model.activation);
  config.normalization = backbone::normalization_of(model.normalization);
  config.norm_place =
      choose<NormPlace>(model.norm_place, {{"after", NormPlace::after}, {"before", NormPlace::before}});
  config.inner_width = model.feed_forward * model.width;
  config.initial = choose<tensor::Initial>(
      model.init,
      {{"normal", tensor::Initial::normal(0.0, model.init_std)}, {"xavier", tensor::Initial::xavier()}});
  config.objective = {choose<Kind>(settings.train.objective, {{"bce", Kind::binary},
                                                              {"gbce", Kind::calibrated},
                                                              {"softmax", Kind::softmax},
                                                              {"sampled_softmax", Kind::sampled_softmax}}),
                      settings.train.calibration};
  return config;
}

}  // namespace pebench::sasrec
