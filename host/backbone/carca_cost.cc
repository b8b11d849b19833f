#include "host/backbone/carca_cost.h"

namespace pebench::backbone {
namespace {

constexpr double context = 6;  // K

/// Scalars as worker/backbone/carca declares them: the item table, W1 and W2 with their biases, the blocks,
/// the last norm, the decoder.
double parameters(const contract::ModelSettings& model, double items) {
  const auto d = static_cast<double>(model.width);
  const double norm = model.normalization == "layer" ? 2 * d : model.normalization == "rms" ? d : 0;
  const double linear = d * d + d;
  const double embedding = (items + 1) * d + 5 * d * context + 5 * d + 6 * d * d + d;
  const double block = 5 * linear + 2 * norm;
  const double decoder = model.scorer == "cross_attention" ? 3 * linear + d + 1 : 0;
  return embedding + static_cast<double>(model.blocks) * block + norm + decoder;
}

}  // namespace

Cost carca_cost(const contract::Settings& settings, std::int64_t items, double length) {
  const auto& model = settings.model;
  const auto entries = static_cast<double>(1 + settings.train.negatives);  // of a target
  const auto d = static_cast<double>(model.width);
  const double attended = 2 * length * d;  // logits and weighted values of one query
  const double pointwise = elementwise * d;
  Cost cost;
  cost.profile_slot = 4 * d * d + static_cast<double>(model.blocks) * (6 * d * d + attended + pointwise);
  if (model.scorer == "cross_attention") {
    cost.training_target = entries * (4 * d * d + attended + pointwise);
    cost.ranked_candidate = attended + elementwise / 4 * d;
  } else {
    const double scored = settings.train.objective == "softmax" ? static_cast<double>(items) : entries;
    cost.training_target = scored * d + pointwise;
    cost.ranked_candidate = d;
  }
  cost.parameters = parameters(model, static_cast<double>(items));
  return cost;
}

}  // namespace pebench::backbone
