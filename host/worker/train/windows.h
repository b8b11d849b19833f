#pragma once

#include <cstdint>
#include <vector>

#include "host/worker/backbone/backbone.h"

namespace pebench::train {

/// One user's events without padding, oldest first, at most L of them. Items are ids; context is row-major
/// [n, K].
struct Events {
  std::vector<std::int64_t> items;
  std::vector<double> context;
  std::vector<std::int64_t> times;  ///< seconds since the data set's first event

  std::int64_t size() const { return static_cast<std::int64_t>(items.size()); }
};

/// What a user trains in an epoch: a profile, what comes after each of its events or after the last alone,
/// and for each of these items that were not chosen. In masked training a profile with [mask] for some of its
/// events, and as targets the same events with item 0 for all but these.
struct TrainingRow {
  Events profile, targets;
  std::vector<std::int64_t> negatives;  ///< as many for each target, target by target
  double drawn_from = 1.0;              ///< probability that one draw of an item is a negative of this user

  /// Of the slots of targets, those that hold one.
  std::int64_t real_targets() const;
};

/// A profile to rank candidates for, and the context and time of the event to come.
struct EvaluationRow {
  Events profile;
  std::vector<double> context;  ///< [K]
  std::int64_t time = 0;
};

/// Cuts rows of these lengths into buckets that cost least: padded slots plus a fixed price per bucket. With
/// `trim` false everything is one bucket of full windows. Every row stands in exactly one bucket.
struct BucketPlan {
  std::int64_t length;             ///< slots of the windows
  std::vector<std::int64_t> rows;  ///< indices into `lengths`, ascending
};
std::vector<BucketPlan> plan_buckets(const std::vector<std::int64_t>& lengths, std::int64_t max_len,
                                     bool trim);

/// Makes the model's windows from rows, on its device and in its types.
class WindowMaker {
 public:
  /// As the model and its encoding want them.
  explicit WindowMaker(const backbone::Backbone& model);
  /// The same, of windows of other sizes than those it is trained on.
  WindowMaker(const backbone::Backbone& model, const backbone::Sizes& sizes);
  /// `needs_time`: whether the encoding wants times. `trim`: whether padding may be cut off.
  WindowMaker(const backbone::Sizes& sizes, at::TensorOptions options, bool needs_time, bool trim);

  /// `shared`: items that are negatives of all targets.
  backbone::TrainingBatch training(const std::vector<TrainingRow>& rows,
                                   const std::vector<std::int64_t>& shared = {}) const;

  /// Users in one batch; windows are trimmed to the longest profile.
  backbone::Users evaluation(const std::vector<EvaluationRow>& rows) const;

 private:
  backbone::Window window(const std::vector<const Events*>& events, const std::vector<std::int64_t>& rows,
                          std::int64_t length, std::int64_t first_position) const;
  /// i64 [B, T, n]
  Tensor negatives(const std::vector<TrainingRow>& batch, const std::vector<std::int64_t>& rows,
                   std::int64_t targets) const;
  /// [B]
  Tensor drawn_from(const std::vector<TrainingRow>& batch, const std::vector<std::int64_t>& rows) const;
  Tensor to_device(const Tensor& tensor) const { return tensor.to(options_.device()); }

  const backbone::Sizes sizes_;
  at::TensorOptions options_;
  bool needs_time_, trim_;
};

}  // namespace pebench::train
