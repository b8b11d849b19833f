#pragma once

#include <cstddef>
#include <vector>

#include "host/base/span.h"
#include "host/data/dataset.h"

namespace pebench::examiner {

/// What a model recommends: the `count` items with the highest scores, the best first, without those
/// `left_out` (distinct); of equal scores the item with the smaller number first. Fewer where there are no
/// more. Scores [N+1] by item, all finite; that of padding, 0, is not looked at.
template <class Score>
std::vector<data::Item> best_items(base::Span<const Score> scores, std::size_t count,
                                   const std::vector<data::Item>& left_out);

}  // namespace pebench::examiner
