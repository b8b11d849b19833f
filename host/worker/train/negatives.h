#pragma once

#include <string>
#include <vector>

#include "host/base/random.h"
#include "host/contract/settings.h"
#include "host/data/dataset.h"
#include "host/data/split.h"

namespace pebench::train {

/// Draws items that were not chosen: train.negatives, negatives_from and negatives_per.
class NegativeSampler {
 public:
  NegativeSampler(const data::Dataset& data, const data::Split& split, const contract::TrainSettings& train);

  /// How many a target has of its own.
  std::int64_t per_target() const { return per_target_; }
  /// How many all targets of a batch share.
  std::int64_t per_batch() const { return per_batch_; }

  /// How many items can be drawn at all.
  std::int64_t choices() const { return choices_; }
  /// One that is not among `own`, ascending and distinct, which must be fewer than choices().
  data::Item draw(base::Stream& stream, const std::vector<data::Item>& own) const;
  /// per_batch() of them, each of its own draw.
  std::vector<std::int64_t> draw_shared(base::Stream stream) const;
  /// Probability of each item in one draw, [N+1]; entry 0 is 0.
  const std::vector<double>& probabilities() const { return probabilities_; }

 private:
  data::Item draw(base::Stream& stream) const;

  std::int64_t items_, choices_, per_target_ = 0, per_batch_ = 0;
  std::vector<data::Item> trained_;  ///< an entry per training event; empty for uniform draws
  std::vector<double> probabilities_;
};

}  // namespace pebench::train
