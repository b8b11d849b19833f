#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pebench::stats {

/// An item after another, the best first, each once.
using RankedList = std::vector<std::uint32_t>;

/// Whoever reads a list goes on to the next place with this probability: the first ten have 86 % of the
/// weight (Webber, Moffat & Zobel 2010, eq. 21).
constexpr double reader_persistence = 0.9;

/// Rank-biased overlap of two lists, extrapolated from the places both have (Webber, Moffat & Zobel 2010,
/// "A similarity measure for indefinite rankings", RBO_EXT for lists of one length k):
/// X_k/k p^k + (1-p)/p sum_{d=1..k} X_d/d p^d, X_d items being among the first d of both. 1 for equal lists,
/// 0 for lists without a common item; of lists of unequal length the common length counts; 1 for two empty
/// ones.
double rank_biased_overlap(const RankedList& first, const RankedList& second,
                           double persistence = reader_persistence);

/// What two lists of `length` places have on average that are drawn at random from `pool` items.
double rank_biased_overlap_by_chance(std::size_t pool, std::size_t length,
                                     double persistence = reader_persistence);
double overlap_by_chance(std::size_t pool, std::size_t depth);

/// The share of the first `depth` (>= 1) items that both have, in any order; of shorter lists all count.
double overlap(const RankedList& first, const RankedList& second, std::size_t depth);

}  // namespace pebench::stats
