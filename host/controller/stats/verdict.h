#pragma once

#include <string_view>

#include "host/controller/stats/interval.h"

namespace pebench::stats {

/// Which of two encodings is ahead. There is no "no difference": that is the other question, equivalence.
enum class Direction { better, worse, undecided };
std::string_view name_of(Direction direction);

/// `mean_difference` is A - B, larger where A is better; `p` is two-sided. Decided when p <= alpha.
Direction direction(double mean_difference, double p, double alpha = 0.05);

/// Which of two encodings deviates more across seeds.
enum class Stability { deviates_more, deviates_less, undecided };
std::string_view name_of(Stability stability);

/// `ratio` is the first's deviation over the second's, `p` two-sided and of the same statistic. Decided when
/// p <= alpha.
Stability stability(double ratio, double p, double alpha = 0.05);

enum class Equivalence { yes, no, undecided };
std::string_view name_of(Equivalence equivalence);

/// Whether a difference of means is within +-delta (> 0): yes when its 90 % interval lies inside, which is
/// the two one-sided tests (Schuirmann 1987) at 5 %; no when the interval lies outside; else undecided.
Equivalence equivalence(const Interval& ninety_percent, double delta);

}  // namespace pebench::stats
