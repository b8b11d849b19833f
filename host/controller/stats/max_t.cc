#include "host/controller/stats/max_t.h"

#include <algorithm>

namespace pebench::stats {
namespace {

using Table = std::vector<std::vector<double>>;  // [stratum][hypothesis]

struct Hypothesis {
  std::size_t stratum;
  std::size_t index;
  double threshold;  // the observed statistic, less the tolerance
};

// Counts in binary through all sign vectors whose last sign is +1: a statistic does not change when all are
// flipped.
bool next_signs(std::vector<double>& signs) {
  for (std::size_t s = 0; s + 1 < signs.size(); ++s) {
    signs[s] = -signs[s];
    if (signs[s] < 0) return true;
  }
  return false;
}

void draw_signs(std::vector<double>& signs, base::Stream& stream) {
  std::uint32_t bits = 0;
  for (std::size_t s = 0; s < signs.size(); ++s) {
    if (s % 32 == 0) bits = stream();
    signs[s] = (bits >> (s % 32)) & 1 ? -1 : 1;
  }
}

/// Of statistics from 0 to the number of seeds: what rounding leaves of a tie (rounding.h says of how much).
constexpr double tie_tolerance = 1e-9;

class MaxT {
 public:
  explicit MaxT(const std::vector<Stratum>& strata) : strata_(strata), observed_(table(0)) {
    for (std::size_t d = 0; d < strata.size(); ++d) {
      strata[d].evaluate(std::vector<double>(strata[d].seeds, 1.0), observed_[d]);
      for (std::size_t h = 0; h < strata[d].hypotheses; ++h)
        falling_.push_back({d, h, observed_[d][h] - tie_tolerance});
    }
    std::stable_sort(falling_.begin(), falling_.end(),
                     [](const Hypothesis& a, const Hypothesis& b) { return a.threshold > b.threshold; });
  }

  std::vector<std::vector<TestResult>> exact() const {
    Table alone = table(0);
    std::vector<double> none_reaches(falling_.size(), 1.0);
    for (std::size_t d = 0; d < strata_.size(); ++d) {
      Table statistics = table(-1);  // so that other strata reach nothing
      std::vector<double> joint(falling_.size(), 0.0);
      std::vector<double> signs(strata_[d].seeds, 1.0);
      double total = 0;
      do {
        strata_[d].evaluate(signs, statistics[d]);
        count(statistics, alone, joint);
        ++total;
      } while (next_signs(signs));
      for (double& share : alone[d]) share /= total;
      // Strata are independent, so the probabilities that none of them reaches the observed statistic
      // multiply.
      for (std::size_t i = 0; i < falling_.size(); ++i) none_reaches[i] *= 1 - joint[i] / total;
    }
    for (double& probability : none_reaches) probability = 1 - probability;
    return results(alone, none_reaches);
  }

  std::vector<std::vector<TestResult>> random(std::size_t flips, base::Stream stream) const {
    // The observed data is one of the sign vectors.
    Table alone = table(1), statistics = table(0);
    std::vector<double> joint(falling_.size(), 1.0);
    for (std::size_t flip = 0; flip < flips; ++flip) {
      for (std::size_t d = 0; d < strata_.size(); ++d) {
        std::vector<double> signs(strata_[d].seeds);
        draw_signs(signs, stream);
        strata_[d].evaluate(signs, statistics[d]);
      }
      count(statistics, alone, joint);
    }
    const double total = static_cast<double>(flips) + 1;
    for (auto& stratum : alone)
      for (double& share : stratum) share /= total;
    for (double& share : joint) share /= total;
    return results(alone, joint);
  }

 private:
  Table table(double value) const {
    Table result;
    for (const Stratum& stratum : strata_) result.emplace_back(stratum.hypotheses, value);
    return result;
  }

  // Adds one wherever a hypothesis's own statistic, or the largest of it and those after it, reaches the
  // threshold.
  void count(const Table& statistics, Table& alone, std::vector<double>& joint) const {
    double largest = -1;
    for (std::size_t i = falling_.size(); i-- > 0;) {
      const Hypothesis& hypothesis = falling_[i];
      const double statistic = statistics[hypothesis.stratum][hypothesis.index];
      largest = std::max(largest, statistic);
      if (statistic >= hypothesis.threshold) ++alone[hypothesis.stratum][hypothesis.index];
      if (largest >= hypothesis.threshold) ++joint[i];
    }
  }

  std::vector<std::vector<TestResult>> results(const Table& alone, const std::vector<double>& joint) const {
    std::vector<std::vector<TestResult>> results;
    for (const Stratum& stratum : strata_) results.emplace_back(stratum.hypotheses);
    double adjusted = 0;
    for (std::size_t i = 0; i < falling_.size(); ++i) {
      const auto& [d, h, threshold] = falling_[i];
      adjusted = std::max(adjusted, joint[i]);
      results[d][h] = {observed_[d][h], alone[d][h], adjusted};
    }
    return results;
  }

  const std::vector<Stratum>& strata_;
  Table observed_;
  std::vector<Hypothesis> falling_;  // by observed statistic
};

}  // namespace

std::vector<std::vector<TestResult>> max_t_test(const std::vector<Stratum>& strata, base::Stream stream,
                                                const MaxTOptions& options) {
  const MaxT test(strata);
  const bool few_seeds = std::all_of(strata.begin(), strata.end(), [&](const Stratum& stratum) {
    return stratum.seeds <= options.exact_up_to;
  });
  return few_seeds ? test.exact() : test.random(options.flips, stream);
}

}  // namespace pebench::stats
