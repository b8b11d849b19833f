#include "host/worker/backbone/carca/config.h"

#include "host/worker/backbone/choose.h"

namespace pebench::carca {
using backbone::choose;

Config make_config(const contract::Settings& settings, std::int64_t items) {
  const auto& model = settings.model;
  const auto& protocol = settings.protocol;
  Config config;
  static_cast<backbone::Sizes&>(config) = backbone::sizes_of(settings, items);
  config.dropout = model.dropout;
  config.activation = backbone::activation_of(model.activation);
  config.normalization = backbone::normalization_of(model.normalization);
  config.encoder_residual =
      choose<Residual>(model.encoder_residual, {{"mul", Residual::multiply}, {"add", Residual::add}});
  config.decoder_residual =
      choose<Residual>(model.decoder_residual,
                       {{"mul", Residual::multiply}, {"add", Residual::add}, {"none", Residual::none}});
  config.scored_by = choose<ScoredBy>(
      model.scorer, {{"cross_attention", ScoredBy::cross_attention}, {"dot_product", ScoredBy::dot_product}});
  config.objective = backbone::objective_of(settings.train);
  config.item_max_norm = model.item_max_norm;
  config.item_norm_type = model.item_norm_type;
  config.item_init = choose<tensor::Initial>(
      model.item_init,
      {{"xavier", tensor::Initial::xavier()}, {"normal", tensor::Initial::normal(0.0, 1.0)}});
  config.candidate_position_is_index =
      choose<bool>(protocol.candidate_position, {{"next", false}, {"index", true}});
  config.encode_cross_attention =
      protocol.encode_cross_attention && config.scored_by == ScoredBy::cross_attention;
  config.published.leaky_relu_is_identity = protocol.leaky_relu_is_identity;
  config.published.feed_forward_twice = protocol.feed_forward_twice;
  config.published.loss_on_probabilities =
      choose<bool>(protocol.loss, {{"logits", false}, {"probabilities", true}});
  return config;
}

}  // namespace pebench::carca
