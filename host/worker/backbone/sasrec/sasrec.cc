#include "host/worker/backbone/sasrec/sasrec.h"

namespace pebench::sasrec {

SasRec::SasRec(const Config& config, tensor::ParameterSet& parameters)
    : config_(config),
      parameters_(parameters),
      table_(parameters.declare("item_embedding", {config.items + 1, config.width}, config.initial).value),
      transformer_(config, parameters) {
  parameters.at("item_embedding").decay = true;
  at::NoGradGuard no_grad;
  table_[0].zero_();
}

Tensor SasRec::encode(const Tensor& items, const backbone::Window& window,
                      tensor::Randomness& randomness) const {
  const Tensor x = at::embedding(items, window.item, /*padding_idx=*/0);
  return transformer_.forward(x, window, encoding_, randomness);
}

Tensor SasRec::loss(const backbone::TrainingBatch& batch, tensor::Randomness randomness) {
  const Tensor items = at::embedding(table_, batch.distinct.to(table_.device()), /*padding_idx=*/0);
  std::vector<backbone::Targets> targets;
  for (const auto& bucket : batch.buckets)
    targets.push_back(backbone::targets_of(bucket, encode(items, bucket.profile, randomness)));
  return backbone::catalogue_loss(config_, config_.objective, batch, {table_, items},
                                  backbone::joined(targets));
}

Tensor SasRec::states(const backbone::Users& users) const {
  at::NoGradGuard no_grad;
  tensor::Randomness randomness = tensor::Randomness::in_evaluation();
  return encode(table_, users.window, randomness);
}

std::unique_ptr<backbone::Scorer> SasRec::scorer() const {
  const auto newest = [this](const backbone::Users& users) { return states(users).select(1, -1); };
  return std::make_unique<backbone::DotProducts>(newest, table_);
}

}  // namespace pebench::sasrec
