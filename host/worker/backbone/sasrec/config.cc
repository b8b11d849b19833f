#include "host/worker/backbone/sasrec/config.h"

#include "host/worker/backbone/choose.h"

namespace pebench::sasrec {

using backbone::choose;

Config make_config(const contract::Settings& settings, std::int64_t items) {
  using Kind = backbone::Objective::Kind;
  const auto& model = settings.model;
  Config config;
  config.items = items;
  config.width = model.width;
  config.heads = model.heads;
  config.blocks = model.blocks;
  config.max_len = model.max_len;
  config.causal =
      choose<bool>(settings.protocol.attention, {{"causal", true}, {"prefix", false}, {"full", false}});
  config.one_target =
      choose<bool>(settings.protocol.attention, {{"causal", false}, {"prefix", true}, {"full", false}});
  config.published.rotate_by_batch_row =
      choose<bool>(settings.protocol.rotate_positions, {{"event", false}, {"batch_row", true}});
  config.published.softmax_twice = settings.protocol.softmax_twice;
  config.fast = choose<bool>(settings.train.engine, {{"fast", true}, {"plain", false}});
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
