#include "host/controller/suite/presets.h"

#include <array>

namespace pebench::suite {
namespace {

/// A CARCA of the study (arXiv 2405.10436), with the training it was tuned for.
struct ModelPreset {
  const char* name;
  std::int64_t width, heads, blocks, max_len;
  double dropout;
  const char* activation;
  const char* decoder_residual;
  double lr;
  std::int64_t batch;
  std::optional<double> item_max_norm;
};

const std::array<ModelPreset, 4> models = {{
    {"men", 390, 3, 3, 35, 0.3, "leaky_relu", "none", 6e-6, 512, 1e-4},
    {"fashion", 390, 3, 3, 35, 0.3, "leaky_relu", "none", 1e-5, 512, std::nullopt},
    {"games", 90, 3, 1, 50, 0.5, "silu", "mul", 1e-4, 512, 0.2},
    {"beauty", 90, 1, 3, 75, 0.5, "leaky_relu", "mul", 1e-4, 256, 1e-4},
}};

/// What the study's published code measures.
contract::ProtocolSettings published_protocol() {
  contract::ProtocolSettings paper;
  paper.candidate_position = "index";
  paper.candidates = {"uniform:L-1"};
  paper.evaluation_set = "redrawn";
  paper.exclude_seen = "train";
  paper.ties = "first_wins";
  paper.selection = "max_test";
  paper.context_at_evaluation = "truncated";
  paper.week_scale = 4.0;
  paper.leaky_relu_is_identity = true;
  paper.feed_forward_twice = true;
  paper.softmax_twice = true;
  paper.rotate_positions = "batch_row";
  paper.epoch = "draws";
  paper.loss = "probabilities";
  return paper;
}

struct ProtocolPreset {
  const char* name;
  contract::ProtocolSettings protocol;
  const char* select;
};

const std::array<ProtocolPreset, 2>& protocols() {
  static const std::array<ProtocolPreset, 2> table = {{
      {"clean", {}, "valid.uniform:100.ndcg@10"},
      {"paper", published_protocol(), "valid.uniform:L-1.ndcg@10"},
  }};
  return table;
}

template <class Table>
std::vector<std::string> names(const Table& table) {
  std::vector<std::string> names;
  for (const auto& preset : table) names.emplace_back(preset.name);
  return names;
}

}  // namespace

std::vector<std::string> model_presets() { return names(models); }
std::vector<std::string> protocol_presets() { return names(protocols()); }

void apply_model_preset(const std::string& name, contract::Settings& settings) {
  for (const ModelPreset& preset : models) {
    if (preset.name != name) continue;
    contract::ModelSettings& model = settings.model;
    model.width = preset.width;
    model.heads = preset.heads;
    model.blocks = preset.blocks;
    model.max_len = preset.max_len;
    model.dropout = preset.dropout;
    model.activation = preset.activation;
    model.decoder_residual = preset.decoder_residual;
    model.item_max_norm = preset.item_max_norm;
    settings.train.lr = preset.lr;
    settings.train.batch = preset.batch;
  }
}

void apply_protocol_preset(const std::string& name, contract::Settings& settings) {
  for (const ProtocolPreset& preset : protocols()) {
    if (preset.name != name) continue;
    settings.protocol = preset.protocol;
    settings.train.select = preset.select;
  }
}

}  // namespace pebench::suite
