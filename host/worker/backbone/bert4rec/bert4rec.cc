#include "host/worker/backbone/bert4rec/bert4rec.h"

namespace pebench::bert4rec {

Bert4Rec::Bert4Rec(const Config& config, tensor::ParameterSet& parameters)
    : config_(config),
      parameters_(parameters),
      table_(parameters.declare("item_embedding", {config.items + 2, config.width}, config.initial).value),
      transformer_(config, parameters),
      output_(config.width, config.width, config.initial, parameters, "output"),
      output_norm_(config.normalization, config.width, parameters, "norm_output"),
      bias_(parameters.declare("item_bias", {config.items + 2, 1}, tensor::Initial::constant(0.0)).value) {
  parameters.at("item_embedding").decay = true;
  at::NoGradGuard no_grad;
  table_[0].zero_();
}

Tensor Bert4Rec::encode(const Tensor& items, const backbone::Window& window,
                        tensor::Randomness& randomness) const {
  const Tensor x = at::embedding(items, window.item, /*padding_idx=*/0);
  return transformer_.forward(x, window, encoding_, randomness);
}

Tensor Bert4Rec::projected(const Tensor& states) const {
  const Tensor x = output_norm_.forward(backbone::activate(config_.activation, output_.forward(states)));
  return at::cat({x, at::ones({x.size(0), 1}, x.options())}, 1);
}

Tensor Bert4Rec::item_rows() const { return at::cat({table_, bias_}, 1); }

Tensor Bert4Rec::loss(const backbone::TrainingBatch& batch, tensor::Randomness randomness) {
  const Tensor distinct = batch.distinct.to(table_.device());
  const Tensor items = at::embedding(table_, distinct, /*padding_idx=*/0);
  std::vector<backbone::Targets> buckets;
  for (const auto& bucket : batch.buckets)
    buckets.push_back(backbone::targets_of(bucket, encode(items, bucket.profile, randomness)));
  backbone::Targets targets = backbone::joined(buckets);
  targets.states = projected(targets.states);
  const Tensor rows = item_rows();
  return backbone::catalogue_loss(config_, config_.objective, batch, {rows, at::embedding(rows, distinct)},
                                  targets);
}

Tensor Bert4Rec::states(const backbone::Users& users) const {
  at::NoGradGuard no_grad;
  tensor::Randomness randomness = tensor::Randomness::in_evaluation();
  return encode(table_, users.window, randomness);
}

std::unique_ptr<backbone::Scorer> Bert4Rec::scorer() const {
  at::NoGradGuard no_grad;
  const auto of_mask = [this](const backbone::Users& users) {
    return projected(states(users).select(1, -1));
  };
  return std::make_unique<backbone::DotProducts>(of_mask, item_rows().narrow(0, 0, config_.items + 1));
}

}  // namespace pebench::bert4rec
