#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/base/span.h"
#include "host/data/dataset.h"
#include "host/data/split.h"

namespace pebench::counts {

/// Recommends by what it counted in the training events, and learns nothing (docs/protocol.md, Recommenders
/// that count). The same numbers on every machine; thread-safe.
class Recommender {
 public:
  virtual ~Recommender() = default;
  /// Scores of all items behind `profile`, some or none of a user's events, oldest first. `scores`
  /// [N+1] by item, higher being better; that of padding, 0, is meaningless.
  virtual void score(base::Span<const data::Item> profile, base::Span<double> scores) const = 0;
};

struct Named {
  std::string name;  ///< in records and reports
  std::unique_ptr<Recommender> recommender;
};

/// "popularity", "item-to-item" and "markov". They hold nothing of `data` and `split`.
std::vector<Named> recommenders(const data::Dataset& data, const data::Split& split);

}  // namespace pebench::counts
