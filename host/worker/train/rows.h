#pragma once

#include <vector>

#include "host/base/random.h"
#include "host/contract/settings.h"
#include "host/data/context.h"
#include "host/data/dataset.h"
#include "host/data/shuffle.h"
#include "host/data/split.h"
#include "host/examiner/candidates.h"
#include "host/worker/backbone/item_attributes.h"
#include "host/worker/train/negatives.h"
#include "host/worker/train/windows.h"

namespace pebench::train {

/// Turns users' histories into rows for the model. Holds references: the data set and the split must outlive
/// it.
class RowMaker {
 public:
  RowMaker(const data::Dataset& data, const data::Split& split, const contract::Settings& settings);

  /// Users with at least two training events.
  const std::vector<data::User>& trainable() const { return trainable_; }

  /// What training rows are drawn from.
  struct Streams {
    base::Stream negatives, prefixes, masks, shuffles;
  };
  /// The newest training window with a target for each of its events; or, with protocol.attention =
  /// "prefix", all events before one that is drawn from the user's training events but the first, and that
  /// one; or, with "masked", the newest training events with [mask], the item N+1, for those that are drawn
  /// to be targets. A target's own negatives are none of the items that the user has trained on. Every user
  /// draws from streams of its own, whatever the order. With protocol.shuffle_history the events before the
  /// newest one change places, but times and dates stay; each epoch draws anew.
  TrainingRow training(data::User user, const Streams& streams, std::int64_t epoch) const;

  const NegativeSampler& negatives() const { return negatives_; }

  /// The profile before the event at `index` of the user's history; with "masked" one event shorter, and
  /// [mask] in the place of that event behind it. With protocol.shuffle_history its events change places,
  /// always in the same way.
  EvaluationRow evaluation(data::User user, std::int64_t index) const;

 private:
  /// The up to max_len events before `last`, some of them masked.
  TrainingRow masked_window(data::User user, std::int64_t last, base::Stream masks,
                            base::Stream shuffles) const;
  /// The event at `last` and the up to max_len events before it, without negatives.
  TrainingRow window(data::User user, std::int64_t last, base::Stream shuffles) const;
  /// Which events of the history are shown in its places [first, last): themselves, but that those before
  /// `fixed` are shuffled.
  std::vector<std::int64_t> shown(data::User user, std::int64_t first, std::int64_t fixed, std::int64_t last,
                                  base::Stream shuffles) const;
  /// These events of the history, at the times of its places from `first` on.
  Events events(data::User user, std::int64_t first, base::Span<const std::int64_t> shown,
                bool truncate) const;
  /// As events() has them, but that what features an event has is not known yet.
  Events targets(data::User user, std::int64_t first, base::Span<const std::int64_t> shown) const;
  /// Of [mask], behind all items.
  std::int64_t mask_item() const { return data_.items() + 1; }
  void draw_negatives(TrainingRow& row, data::User user, base::Span<const data::Item> trained,
                      base::Stream stream) const;

  const data::Dataset& data_;
  const data::Split& split_;
  const contract::TrainSettings train_;
  data::EventContext context_;
  std::int64_t max_len_;
  bool truncate_at_evaluation_, context_at_target_, one_target_, masked_;
  data::Shuffle shuffle_;
  base::Stream shuffles_at_evaluation_;
  NegativeSampler negatives_;
  std::vector<data::User> trainable_;
};

/// The attributes of a data set as the model takes them, on the device and in the type of `options`.
backbone::ItemAttributes item_attributes(const data::Dataset& data, const at::TensorOptions& options);

}  // namespace pebench::train
