#pragma once

#include <cstdint>
#include <vector>

#include "host/counts/recommender.h"

namespace pebench::counts {

/// A first-order Markov chain: how often an item came right behind the newest one of the profile in the
/// training events of a user. Between items that came equally often, popularity decides.
class Markov : public Recommender {
 public:
  Markov(const data::Dataset& data, const data::Split& split);
  void score(base::Span<const data::Item> profile, base::Span<double> scores) const override;

 private:
  std::vector<double> back_off_;       ///< [N+1], less than one transition
  std::vector<std::int64_t> offsets_;  ///< [N+2]: what followed item v is at offsets_[v] .. offsets_[v+1]-1
  std::vector<data::Item> followers_;  ///< one per transition, repeats included
};

}  // namespace pebench::counts
