#include "host/controller/stats/seed_policy.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/controller/stats/sign_flip.h"

namespace pebench::stats {
namespace {

const double smallest_drawn_p = 1.0 / (1.0 + static_cast<double>(MaxTOptions().flips));

const char* in_words(Evidence evidence) {
  switch (evidence) {
    case Evidence::spread:
      return "show values and their spread, no verdict";
    case Evidence::weak_means:
      return "give verdicts on means, flagged as weak, and none on stability";
    case Evidence::means:
      return "give verdicts on means; stability is exploratory";
    case Evidence::stability:
      return "give verdicts on means and on stability";
  }
  return "";
}

/// What is to be said of a family that is too large for so many seeds.
std::string powerless(std::size_t seeds, std::size_t members, const char* what, double alpha) {
  if (members < 2 || holm_can_reject(seeds, members, alpha)) return {};
  std::size_t enough = seeds;
  while (!holm_can_reject(enough, members, alpha)) ++enough;
  return fmt::format("; Holm's correction over {} {} can reject nothing at {:.3g} (that takes {} seeds)",
                     members, what, alpha, enough);
}

}  // namespace

Evidence evidence(std::size_t seeds) {
  for (const Evidence level : {Evidence::stability, Evidence::means, Evidence::weak_means})
    if (seeds >= seeds_for(level)) return level;
  return Evidence::spread;
}

std::size_t seeds_for(Evidence evidence) {
  switch (evidence) {
    case Evidence::spread:
      return 1;
    case Evidence::weak_means:
      return 6;
    case Evidence::means:
      return 10;
    case Evidence::stability:
      return 20;
  }
  return 0;
}

std::string_view name_of(Strength strength) {
  switch (strength) {
    case Strength::none:
      return "no verdict";
    case Strength::weak:
      return "weak";
    case Strength::exploratory:
      return "exploratory";
    case Strength::firm:
      return "firm";
  }
  return "";
}

Strength strength_on_means(std::size_t seeds) {
  const Evidence level = evidence(seeds);
  if (level == Evidence::spread) return Strength::none;
  return level == Evidence::weak_means ? Strength::weak : Strength::firm;
}

Strength strength_on_stability(std::size_t seeds) {
  const Evidence level = evidence(seeds);
  if (level < Evidence::means) return Strength::none;
  return level == Evidence::means ? Strength::exploratory : Strength::firm;
}

bool holm_can_reject(std::size_t seeds, std::size_t members, double alpha) {
  return smallest_p(seeds) * static_cast<double>(members) <= alpha;
}

std::string seed_policy(std::size_t seeds, std::size_t comparisons, std::size_t claims, double alpha) {
  std::string words =
      fmt::format("{} seed{} {}; the smallest two-sided p is {:.3g}", seeds, seeds == 1 ? "" : "s",
                  in_words(evidence(seeds)), std::max(smallest_p(seeds), smallest_drawn_p));
  const Evidence level = evidence(seeds);
  if (level >= Evidence::means) words += powerless(seeds, comparisons, "deviations", alpha);
  if (level >= Evidence::weak_means) words += powerless(seeds, claims, "claims", alpha);
  return words + ".";
}

}  // namespace pebench::stats
