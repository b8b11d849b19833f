#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "host/controller/stats/interval.h"
#include "host/controller/stats/jackknife.h"

namespace pebench::stats {

/// How much alike two runs are, pair by pair: [seed][seed], symmetric; the diagonal is not looked at.
using PairMatrix = std::vector<std::vector<double>>;

/// Mean over the pairs of those seeds. At least two.
double mean_over_pairs(const PairMatrix& alike, const std::vector<std::size_t>& seeds);

/// The mean over pairs of n >= 3 seeds, a U-statistic of degree two, with its error by the jackknife over
/// seeds (Arvesen 1969): a seed is in n - 1 pairs, which therefore are no independent values. The error is
/// never taken below that of pairs alone, sqrt(2 s^2 / (n (n-1))) with s the deviation of pairs, which the
/// variance of the mean is never below (Hoeffding 1948): where seeds fall into two equal groups, whichever is
/// left out leaves the same mean.
Jackknife likeness(const PairMatrix& alike);

/// The difference of two such means, first - second, seed by seed: both matrices are of the same seeds.
Jackknife likeness_difference(const PairMatrix& first, const PairMatrix& second);

/// Whether runs of one encoding are more alike than those of another.
enum class Likeness { more_alike, less_alike, undecided };
std::string_view name_of(Likeness likeness);

/// Decided when p <= alpha.
Likeness likeness_verdict(double difference, double p, double alpha = 0.05);

}  // namespace pebench::stats
