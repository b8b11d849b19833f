#include "host/controller/suite/presets.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace pebench::suite {

void PresetTable::apply(const std::string& name, contract::Settings& settings) const {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) throw std::logic_error(fmt::format("there is no {}.preset {}", section, name));
  const auto column = static_cast<std::size_t>(found - names.begin());
  for (const Row& row : rows) contract::setting(row.setting).set(settings, row.values[column]);
}

bool PresetTable::sets(const std::string& setting) const {
  return std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return row.setting == setting; });
}

const PresetTable& model_presets() {
  static const nlohmann::json no_limit;
  static const PresetTable table = {
      "model",
      {"study/men", "study/fashion", "study/games", "study/beauty", "strong/carca", "strong/sasrec",
       "strong/bert4rec"},
      {
          {"model.backbone", {"carca", "carca", "carca", "carca", "carca", "sasrec", "bert4rec"}},
          {"model.width", {390, 390, 90, 90, 64, 64, 64}},
          {"model.heads", {3, 3, 3, 1, 2, 2, 2}},
          {"model.blocks", {3, 3, 1, 3, 2, 2, 2}},
          {"model.max_len", {35, 35, 50, 75, 50, 50, 50}},
          {"model.dropout", {0.3, 0.3, 0.5, 0.5, 0.5, 0.5, 0.5}},
          {"model.activation", {"leaky_relu", "leaky_relu", "silu", "leaky_relu", "gelu", "gelu", "gelu"}},
          {"model.encoder_residual", {"mul", "mul", "mul", "mul", "add", "mul", "mul"}},
          {"model.decoder_residual", {"none", "none", "mul", "mul", "mul", "mul", "mul"}},
          {"model.scorer",
           {"cross_attention", "cross_attention", "cross_attention", "cross_attention", "dot_product",
            "cross_attention", "cross_attention"}},
          {"model.item_max_norm", {1e-4, no_limit, 0.2, 1e-4, no_limit, 1e-4, 1e-4}},
          {"train.objective", {"bce", "bce", "bce", "bce", "softmax", "softmax", "softmax"}},
          {"train.lr", {6e-6, 1e-5, 1e-4, 1e-4, 1e-3, 1e-3, 1e-3}},
          {"train.beta2", {0.98, 0.98, 0.98, 0.98, 0.999, 0.999, 0.999}},
          {"train.batch", {512, 512, 512, 256, 128, 128, 128}},
          {"train.patience", {10, 10, 10, 10, 20, 20, 20}},
      },
  };
  return table;
}

const PresetTable& protocol_presets() {
  static const PresetTable table = [] {
    PresetTable made{"protocol", {"clean", "paper"}, {}};
    const std::vector<std::pair<std::string, nlohmann::json>> published = {
        {"protocol.attention", "full"},
        {"protocol.candidate_position", "index"},
        {"protocol.candidates", nlohmann::json::array({"uniform:L-1"})},
        {"protocol.evaluation_set", "redrawn"},
        {"protocol.evaluation_users", "draws"},
        {"protocol.exclude_seen", "train"},
        {"protocol.ties", "first_wins"},
        {"protocol.selection", "max_test"},
        {"protocol.context_at_evaluation", "truncated"},
        {"protocol.week_scale", 4.0},
        {"protocol.leaky_relu_is_identity", true},
        {"protocol.feed_forward_twice", true},
        {"protocol.softmax_twice", true},
        {"protocol.rotate_positions", "batch_row"},
        {"protocol.epoch", "draws"},
        {"protocol.loss", "probabilities"},
        {"protocol.encode_cross_attention", false},
        {"model.item_init", "normal"},
        {"train.beta2", 0.999},
        {"train.schedule", "warmup_linear"},
    };
    for (const auto& [setting, value] : published)
      made.rows.push_back({setting, {*contract::setting(setting).initial.value, value}});
    return made;
  }();
  return table;
}

}  // namespace pebench::suite
