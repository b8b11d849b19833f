#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "host/base/random.h"

namespace pebench::stats {

/// The hypotheses of one data set, tested by flipping the signs of its seeds.
struct Stratum {
  std::size_t seeds = 0;
  std::size_t hypotheses = 0;

  /// Writes the statistic of every hypothesis under the signs (+1 or -1 per seed; all +1 is what was
  /// observed). A statistic is >= 0, larger the more it speaks against its hypothesis, and the same when all
  /// signs are flipped at once.
  std::function<void(const std::vector<double>& signs, std::vector<double>& statistics)> evaluate;
};

struct TestResult {
  double statistic = 0;
  double p = 1;           ///< of this hypothesis alone
  double adjusted_p = 1;  ///< for all hypotheses of all strata together
};

struct MaxTOptions {
  std::size_t exact_up_to =
      20;  ///< seeds; all 2^n sign vectors when no stratum has more, else `flips` random ones
  std::size_t flips = 100000;
};

/// Westfall & Young's (1993) step-down max-T: in falling order of the observed statistics, adjusted p = P(the
/// largest statistic among this hypothesis and those after it is at least the observed one), made monotone.
/// One sign vector per stratum serves all its hypotheses, so their correlation is kept; strata are flipped
/// independently. Statistics within 1e-9 count as equal: they are
/// to be of the order of 1, as T is, which lies between 0 and the number of seeds. Random flips give p = (b +
/// 1) / (B + 1) (Phipson & Smyth 2010). Returns [stratum][hypothesis].
std::vector<std::vector<TestResult>> max_t_test(const std::vector<Stratum>& strata, base::Stream stream,
                                                const MaxTOptions& options = {});

}  // namespace pebench::stats
