#include "host/backbone/transformer_cost.h"

namespace pebench::backbone {
namespace {

double norm_parameters(const contract::ModelSettings& model) {
  const auto d = static_cast<double>(model.width);
  return model.normalization == "layer" ? 2 * d : model.normalization == "rms" ? d : 0;
}

/// Scalars as worker/backbone/sasrec declares them: the item table, the blocks, one more norm.
double parameters(const contract::ModelSettings& model, double items) {
  const auto d = static_cast<double>(model.width), inner = d * static_cast<double>(model.feed_forward);
  const double norm = norm_parameters(model);
  const double block = 4 * (d * d + d) + 2 * d * inner + inner + d + 2 * norm;
  return (items + 1) * d + static_cast<double>(model.blocks) * block + norm;
}

}  // namespace

Cost sasrec_cost(const contract::Settings& settings, std::int64_t items, double length) {
  const auto& model = settings.model;
  const auto& train = settings.train;
  const auto d = static_cast<double>(model.width), inner = d * static_cast<double>(model.feed_forward);
  const double rivals =
      train.objective == "softmax" ? static_cast<double>(items) : static_cast<double>(train.negatives);
  Cost cost;
  cost.profile_slot =
      static_cast<double>(model.blocks) * (4 * d * d + 2 * d * inner + 2 * length * d + elementwise * d);
  cost.training_target = (1 + rivals) * d + elementwise * d;
  cost.ranked_candidate = d;
  cost.parameters = parameters(model, static_cast<double>(items));
  return cost;
}

Cost bert4rec_cost(const contract::Settings& settings, std::int64_t items, double length) {
  const auto d = static_cast<double>(settings.model.width);
  Cost cost = sasrec_cost(settings, items, length);
  cost.training_target += d * d + elementwise * d;
  // The row of [mask], the output layer with its norm, a bias of each row.
  cost.parameters += d + (d * d + d) + norm_parameters(settings.model) + static_cast<double>(items + 2);
  return cost;
}

}  // namespace pebench::backbone
