#pragma once

#include <string_view>
#include <vector>

namespace pebench::stats {

/// Which of two encodings is ahead. There is no "no difference": that is the other question, equivalence.
enum class Direction { better, worse, undecided };
std::string_view name_of(Direction direction);

/// `mean_difference` is A - B of a metric where more is better; `p` is two-sided. Decided when p <= alpha.
Direction direction(double mean_difference, double p, double alpha = 0.05);

enum class Equivalence { yes, no, undecided };
std::string_view name_of(Equivalence equivalence);

/// Whether a mean of differences (one per seed, NaN for failed) is within +-delta (> 0): yes when its 90 % t
/// interval lies inside, which is the two one-sided tests (Schuirmann 1987) at 5 %; no when the interval lies
/// outside; else undecided.
Equivalence equivalence(const std::vector<double>& differences, double delta);

}  // namespace pebench::stats
