#pragma once

#include <vector>

#include "host/data/split.h"
#include "host/worker/train/rows.h"

namespace pebench::speed {

/// Rows whose windows are full, so that a measurement is one of its length: each is joined of as many users'
/// histories as that takes, with their items, dates and negatives, one user's times going on a day after the
/// other's. Users are taken in their order, from the first again when there are no more.
class FullWindows {
 public:
  /// `length` is that of the windows that `rows` makes at most. All must outlive this.
  FullWindows(const train::RowMaker& rows, const data::Split& split, std::int64_t length);

  /// As the trial of this seed trains in its first epoch.
  std::vector<train::TrainingRow> training(std::int64_t count, std::uint64_t seed);
  /// Before the test events.
  std::vector<train::EvaluationRow> evaluation(std::int64_t count);

 private:
  const train::RowMaker& rows_;
  const data::Split& split_;
  std::size_t length_;
};

}  // namespace pebench::speed
