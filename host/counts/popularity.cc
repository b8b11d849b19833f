#include "host/counts/popularity.h"

#include <algorithm>

namespace pebench::counts {

Popularity::Popularity(const data::Dataset& data, const data::Split& split) {
  const auto counts = data::training_counts(data, split);
  counts_.assign(counts.begin(), counts.end());
}

void Popularity::score(base::Span<const data::Item>, base::Span<double> scores) const {
  std::copy(counts_.begin(), counts_.end(), scores.begin());
}

std::vector<double> back_off(const data::Dataset& data, const data::Split& split) {
  const auto counts = data::training_counts(data, split);
  const auto above_all = static_cast<double>(1 + *std::max_element(counts.begin(), counts.end()));
  std::vector<double> shares;
  for (const std::int64_t count : counts) shares.push_back(static_cast<double>(count) / above_all);
  return shares;
}

}  // namespace pebench::counts
