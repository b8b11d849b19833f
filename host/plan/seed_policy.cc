#include "host/plan/seed_policy.h"

#include <fmt/format.h>

#include <cmath>

namespace pebench::plan {

std::vector<std::string> what_seeds_show(std::size_t seeds, std::size_t comparisons, double alpha) {
  std::vector<std::string> sentences;
  if (seeds < 6)
    sentences.push_back("The spread will be shown, without verdicts: these take 6 seeds or more.");
  else if (seeds < 10)
    sentences.push_back(
        "Verdicts on means will be weak and flagged so: firm ones take 10 seeds. None on stability: 20.");
  else if (seeds < 20)
    sentences.push_back("Verdicts on means; stability will be exploratory: verdicts on it take 20 seeds.");
  else
    sentences.push_back("Verdicts on means and on stability.");

  // Of 2^n sign vectors, the observed one and its mirror image are the most extreme.
  double smallest = std::exp2(1.0 - static_cast<double>(seeds));
  if (seeds >= 6 && comparisons > 0 && smallest * static_cast<double>(comparisons) > alpha)
    sentences.push_back(fmt::format(
        "The smallest p value of {} seeds is {:.3g}: with {} comparisons, Holm's correction at {} cannot "
        "reject anything.",
        seeds, smallest, comparisons, alpha));
  return sentences;
}

}  // namespace pebench::plan
