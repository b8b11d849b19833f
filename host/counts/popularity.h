#pragma once

#include <vector>

#include "host/counts/recommender.h"

namespace pebench::counts {

/// How often an item was trained on, whoever the user is.
class Popularity : public Recommender {
 public:
  Popularity(const data::Dataset& data, const data::Split& split);
  void score(base::Span<const data::Item> profile, base::Span<double> scores) const override;

 private:
  std::vector<double> counts_;  ///< [N+1]
};

/// n_c / (1 + max n), [N+1] in [0, 1): popularity where a recommender has counted nothing better to go by.
std::vector<double> back_off(const data::Dataset& data, const data::Split& split);

}  // namespace pebench::counts
