#include "host/worker/train/negatives.h"

#include <algorithm>
#include <numeric>

namespace pebench::train {

NegativeSampler::NegativeSampler(const data::Dataset& data, const data::Split& split,
                                 const contract::TrainSettings& train)
    : items_(data.items()), choices_(items_) {
  if (train.objective != "softmax")
    (train.negatives_per == "batch" ? per_batch_ : per_target_) = train.negatives;
  std::vector<std::int64_t> weights(items_ + 1, 1);
  weights[0] = 0;
  if (train.negatives_from == "popular") {
    weights = data::training_counts(data, split);
    choices_ = std::count_if(weights.begin(), weights.end(), [](auto weight) { return weight > 0; });
    for (std::int64_t item = 1; item <= items_; ++item)
      trained_.insert(trained_.end(), weights[item], static_cast<data::Item>(item));
  }
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (const std::int64_t weight : weights) probabilities_.push_back(static_cast<double>(weight) / total);
}

data::Item NegativeSampler::draw(base::Stream& stream) const {
  if (trained_.empty()) return static_cast<data::Item>(1 + stream.below(items_));
  return trained_[stream.below(trained_.size())];
}

data::Item NegativeSampler::draw(base::Stream& stream, const std::vector<data::Item>& own) const {
  data::Item item;
  do item = draw(stream);
  while (std::binary_search(own.begin(), own.end(), item));
  return item;
}

std::vector<std::int64_t> NegativeSampler::draw_shared(base::Stream stream) const {
  std::vector<std::int64_t> items(per_batch_);
  for (auto& item : items) item = draw(stream);
  return items;
}

}  // namespace pebench::train
