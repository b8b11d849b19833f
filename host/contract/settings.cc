#include "host/contract/settings.h"

namespace pebench::contract {
namespace {

nlohmann::json json_of(const ModelSettings& model) {
  return {{"width", model.width},
          {"heads", model.heads},
          {"blocks", model.blocks},
          {"max_len", model.max_len},
          {"dropout", model.dropout},
          {"activation", model.activation},
          {"normalization", model.normalization},
          {"encoder_residual", model.encoder_residual},
          {"decoder_residual", model.decoder_residual},
          {"item_max_norm", model.item_max_norm ? nlohmann::json(*model.item_max_norm) : nlohmann::json()},
          {"item_norm_type", model.item_norm_type}};
}

void read(const nlohmann::json& json, ModelSettings& model) {
  json.at("width").get_to(model.width);
  json.at("heads").get_to(model.heads);
  json.at("blocks").get_to(model.blocks);
  json.at("max_len").get_to(model.max_len);
  json.at("dropout").get_to(model.dropout);
  json.at("activation").get_to(model.activation);
  json.at("normalization").get_to(model.normalization);
  json.at("encoder_residual").get_to(model.encoder_residual);
  json.at("decoder_residual").get_to(model.decoder_residual);
  const auto& limit = json.at("item_max_norm");
  model.item_max_norm = limit.is_null() ? std::nullopt : std::optional<double>(limit.get<double>());
  json.at("item_norm_type").get_to(model.item_norm_type);
}

}  // namespace

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ProtocolSettings, attention, candidate_position, candidates,
                                   evaluation_set, exclude_seen, ties, selection, context_at_evaluation,
                                   week_scale, leaky_relu_is_identity, feed_forward_twice, softmax_twice,
                                   rotate_positions, epoch, loss, encode_cross_attention, context_at_target)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TrainSettings, epochs, batch, optimizer, lr, schedule, warmup_steps,
                                   l2_item, patience, select, device, threads, engine)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(EvalSettings, k, validation_users, split)

void to_json(nlohmann::json& json, const Settings& settings) {
  json = {{"model", json_of(settings.model)},
          {"protocol", settings.protocol},
          {"train", settings.train},
          {"eval", settings.eval}};
}

void from_json(const nlohmann::json& json, Settings& settings) {
  read(json.at("model"), settings.model);
  json.at("protocol").get_to(settings.protocol);
  json.at("train").get_to(settings.train);
  json.at("eval").get_to(settings.eval);
}

}  // namespace pebench::contract
