#include "tests/parity/fixture.h"

#include <algorithm>
#include <boost/iostreams/copy.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_stream.hpp>
#include <cmath>
#include <fstream>

#include "tests/parity/tensors.h"

namespace pebench::parity {
namespace {

carca::Residual residual_of(const std::string& word) {
  if (word == "mul") return carca::Residual::multiply;
  return word == "add" ? carca::Residual::add : carca::Residual::none;
}

carca::Config config_of(const nlohmann::json& json) {
  carca::Config config;
  config.items = json.at("n_items");
  config.context = json.at("n_context");
  config.width = json.at("d");
  config.heads = json.at("heads");
  config.blocks = json.at("layers");
  config.max_len = json.at("max_len");
  config.activation =
      json.at("activation") == "silu" ? carca::Activation::silu : carca::Activation::leaky_relu;
  config.encoder_residual = residual_of(json.at("residual"));
  config.decoder_residual = residual_of(json.at("decoder_residual"));
  config.causal = json.at("attention") == "causal";
  config.candidate_position_is_index = json.at("candidate_position") == "index";
  config.published.loss_on_probabilities = json.at("loss") == "probabilities";
  for (const auto& quirk : json.at("quirks")) {
    if (quirk == "feed_forward_twice") config.published.feed_forward_twice = true;
    if (quirk == "leaky_relu_is_identity") config.published.leaky_relu_is_identity = true;
    if (quirk == "relative_softmax_twice") config.published.softmax_twice = true;
    if (quirk == "rope_position_is_batch_row") config.published.rotate_by_batch_row = true;
  }
  return config;
}

/// Row b of a padded [B, L] matrix of items with its [B, L, K] context, the padding left out.
train::Events events_of(const Tensor& items, const Tensor& context, std::int64_t b) {
  train::Events events;
  for (std::int64_t slot = 0; slot < items.size(1); ++slot) {
    auto item = static_cast<std::int64_t>(items[b][slot].item<double>());
    if (item == 0) continue;
    events.items.push_back(item);
    events.times.push_back(0);
    const double* features = context.data_ptr<double>() + (b * items.size(1) + slot) * context.size(2);
    events.context.insert(events.context.end(), features, features + context.size(2));
  }
  return events;
}

}  // namespace

std::vector<train::TrainingRow> Fixture::training_rows() const {
  std::vector<train::TrainingRow> rows;
  const Tensor &sequence = inputs.at("seq"), &target_context = inputs.at("target_context");
  for (std::int64_t b = 0; b < sequence.size(0); ++b)
    rows.push_back({events_of(sequence, inputs.at("seq_context"), b),
                    events_of(inputs.at("target"), target_context, b),
                    events_of(inputs.at("negative"), target_context, b).items});
  return rows;
}

std::vector<train::EvaluationRow> Fixture::evaluation_rows() const {
  std::vector<train::EvaluationRow> rows;
  const Tensor &sequence = inputs.at("seq"), &context = inputs.at("candidate_context");
  for (std::int64_t b = 0; b < sequence.size(0); ++b) {
    const double* features = context.data_ptr<double>() + b * context.size(1);
    train::EvaluationRow row{
        events_of(sequence, inputs.at("seq_context"), b), {features, features + context.size(1)}, 0};
    if (truncate_context_at_evaluation) {
      for (auto& value : row.context) value = std::trunc(value);
      for (auto& value : row.profile.context) value = std::trunc(value);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

nlohmann::json read_json(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  boost::iostreams::filtering_istream in;
  if (path.extension() == ".gz") in.push(boost::iostreams::gzip_decompressor());
  in.push(file);
  return nlohmann::json::parse(in);
}

Fixture read_fixture(const std::filesystem::path& path) {
  const nlohmann::json json = read_json(path);
  Fixture fixture;
  fixture.name = path.filename().string();
  fixture.name.erase(fixture.name.find(".json"));
  fixture.options = json.at("options");
  fixture.kind = fixture.options.at("kind");
  fixture.options.erase("kind");
  fixture.config = config_of(json.at("config"));
  for (const auto& quirk : json.at("config").at("quirks"))
    if (quirk == "context_truncated_at_evaluation") fixture.truncate_context_at_evaluation = true;
  fixture.attributes = tensor_of(json.at("attributes"));
  fixture.inputs = tensors_of(json.at("inputs"));
  fixture.parameters = tensors_of(json.at("parameters"));
  fixture.outputs = tensors_of(json.at("outputs"));
  fixture.gradients = tensors_of(json.at("gradients"));
  return fixture;
}

std::vector<std::filesystem::path> fixtures_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (name.find(".json") != std::string::npos) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace pebench::parity
