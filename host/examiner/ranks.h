#pragma once

#include <vector>

#include "host/base/span.h"
#include "host/data/dataset.h"
#include "host/examiner/metrics.h"

namespace pebench::examiner {

/// Whether none of these is NaN or infinite.
template <class Score>
bool all_finite(base::Span<const Score> scores);

/// Where `target` comes among all items, of which `left_out` (distinct, the target never among them) do not
/// compete. Scores [N+1] by item; that of padding, 0, is not looked at.
template <class Score>
Rank rank_among_all(base::Span<const Score> scores, data::Item target,
                    const std::vector<data::Item>& left_out);

/// Where the first of a list comes among its other candidates.
template <class Score>
Rank rank_of_first(base::Span<const Score> scores);

}  // namespace pebench::examiner
