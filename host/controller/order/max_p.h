#pragma once

#include <vector>

namespace pebench::order {

/// One-sided p of statistics of which each is large where its hypothesis is wrong: draws[0] is what was
/// observed, the others [draws][statistics] are draws of the same distribution if all hypotheses hold. Each
/// statistic is put to scale over all draws, and p is the share of draws whose largest reaches the observed
/// one: adjusted for their number (single-step max-T, Westfall and Young 1993), exact.
std::vector<double> max_p(const std::vector<std::vector<double>>& draws);

/// Of the largest statistic put to scale, what a share `alpha` of the draws exceeds, in units of each one's
/// standard deviation.
double critical_value(const std::vector<std::vector<double>>& draws, double alpha);

}  // namespace pebench::order
