#include "host/controller/report/family.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "host/base/parallel.h"
#include "host/controller/stats/holm.h"
#include "host/controller/stats/sign_flip.h"
#include "host/controller/stats/summary.h"
#include "host/controller/stats/wilcoxon.h"

namespace pebench::report {
namespace {

constexpr std::uint64_t exchanges_seed = 0;

/// A comparison with where it comes from.
struct Member {
  std::size_t dataset = 0;
  std::vector<double> first, second;  ///< [seed]; paired: on common seeds
  std::vector<double> differences;    ///< [seed], paired
  PairAnalysis pair;
};

std::optional<Member> member_of(std::size_t dataset, const Comparisons& from, const Pair& indices) {
  Member member;
  member.dataset = dataset;
  member.first = from.values[indices.first];
  member.second = from.values[indices.second];
  member.pair.first = indices.first;
  member.pair.second = indices.second;
  const bool paired = stats::design_of(member.first, member.second) == stats::Design::paired;
  const auto mean = paired ? stats::compare_paired(member.first, member.second, confidence)
                           : stats::compare_unpaired(member.first, member.second, confidence);
  if (!mean) return std::nullopt;
  if (paired) {
    member.differences = stats::paired_differences(member.first, member.second);
    for (std::size_t s = 0; s < member.differences.size(); ++s)
      if (std::isnan(member.differences[s])) member.first[s] = member.second[s] = member.differences[s];
  }
  member.pair.mean = *mean;
  member.pair.withheld = from.withheld[indices.first] || from.withheld[indices.second];
  if (member.pair.withheld) return member;
  member.pair.mean_strength = stats::strength_on_means(mean->seeds);
  member.pair.deviation_strength = stats::strength_on_stability(mean->seeds);
  return member;
}

using Family = std::vector<Member*>;

/// The members whose seeds admit a verdict: only they can be decided wrongly, and so only they are corrected
/// for. A comparison that cannot be decided would make the others' p larger for nothing.
Family family_of(std::vector<Member>& members, stats::Strength PairAnalysis::*strength) {
  Family family;
  for (Member& member : members)
    if (member.pair.*strength != stats::Strength::none) family.push_back(&member);
  return family;
}

double mean_p_alone(const Member& member) {
  return member.pair.mean.design == stats::Design::paired
             ? stats::sign_flip_test({{member.differences}}, exchanges_seed)[0][0].p
             : stats::permutation_test(member.first, member.second, exchanges_seed).value_or(1);
}

/// Without a loss in the joint test: sign flips of all pairs and data sets together.
void test_means_jointly(const Family& family, std::size_t datasets) {
  std::vector<std::vector<std::vector<double>>> differences(datasets);
  for (const Member* member : family) differences[member->dataset].push_back(member->differences);
  const auto results = stats::sign_flip_test(differences, exchanges_seed);
  std::vector<std::size_t> next(datasets, 0);
  for (Member* member : family) {
    const stats::TestResult& result = results[member->dataset][next[member->dataset]++];
    member->pair.mean_p = result.p;
    member->pair.mean_adjusted_p = result.adjusted_p;
  }
}

void test_means_apart(const Family& family) {
  std::vector<double> alone;
  for (Member* member : family) alone.push_back(member->pair.mean_p = mean_p_alone(*member));
  const std::vector<double> adjusted = stats::holm(alone);
  for (std::size_t m = 0; m < family.size(); ++m) family[m]->pair.mean_adjusted_p = adjusted[m];
}

void test_means(std::vector<Member>& members, std::size_t datasets) {
  for (Member& member : members)
    if (member.pair.mean_strength == stats::Strength::none)
      member.pair.mean_adjusted_p = member.pair.mean_p = mean_p_alone(member);
  const Family family = family_of(members, &PairAnalysis::mean_strength);
  if (family.empty()) return;
  const bool joint = std::all_of(family.begin(), family.end(), [](const Member* member) {
    return member->pair.mean.design == stats::Design::paired;
  });
  if (joint)
    test_means_jointly(family, datasets);
  else
    test_means_apart(family);
}

void test_deviations(std::vector<Member>& members, bool intervals) {
  base::parallel_for(members.size(), [&](std::size_t m) {
    Member& member = members[m];
    const stats::Design design = member.pair.mean.design;
    // An interval is shown beside a verdict alone.
    member.pair.deviation_has_interval = intervals && member.pair.deviation_strength != stats::Strength::none;
    member.pair.deviation =
        (member.pair.deviation_has_interval
             ? stats::compare_deviations(member.first, member.second, design, exchanges_seed, confidence)
             : stats::test_deviations(member.first, member.second, design, exchanges_seed))
            .value();
  });
  for (Member& member : members) member.pair.deviation_adjusted_p = member.pair.deviation.p;
  const Family family = family_of(members, &PairAnalysis::deviation_strength);
  std::vector<double> alone;
  for (const Member* member : family) alone.push_back(member->pair.deviation.p);
  const std::vector<double> adjusted = stats::holm(alone);
  for (std::size_t m = 0; m < family.size(); ++m) family[m]->pair.deviation_adjusted_p = adjusted[m];
}

void add_references(std::vector<Member>& members, std::size_t datasets) {
  for (std::size_t d = 0; d < datasets; ++d) {
    std::vector<Member*> paired;
    std::vector<double> wilcoxon;
    for (Member& member : members) {
      if (member.dataset != d || member.pair.mean.design != stats::Design::paired) continue;
      paired.push_back(&member);
      wilcoxon.push_back(stats::wilcoxon_signed_rank(member.differences).p);
    }
    const std::vector<double> holm = stats::holm(wilcoxon);
    for (std::size_t i = 0; i < paired.size(); ++i) {
      paired[i]->pair.wilcoxon_p = wilcoxon[i];
      paired[i]->pair.wilcoxon_holm_p = holm[i];
    }
  }
  for (Member& member : members) {
    const std::vector<double> first = stats::without_failed(member.first),
                              second = stats::without_failed(member.second);
    member.pair.brown_forsythe = stats::brown_forsythe({first, second});
    const double denominator = stats::standard_deviation(second);
    if (denominator > 0) member.pair.sd_ratio = stats::standard_deviation(first) / denominator;
  }
}

stats::Interval ninety_percent(const Member& member) {
  const auto comparison = member.pair.mean.design == stats::Design::paired
                              ? stats::compare_paired(member.first, member.second, 0.90)
                              : stats::compare_unpaired(member.first, member.second, 0.90);
  return comparison->interval;
}

void conclude(Member& member, const FamilyOptions& options) {
  PairAnalysis& pair = member.pair;
  if (pair.mean_strength != stats::Strength::none) {
    const double ahead = options.lower_is_better ? -pair.mean.difference : pair.mean.difference;
    pair.verdicts.direction = stats::direction(ahead, pair.mean_adjusted_p, options.alpha);
    if (options.equivalence_share) {
      const double margin =
          *options.equivalence_share * std::abs(stats::mean(stats::without_failed(member.second)));
      pair.equivalence = stats::equivalence(ninety_percent(member), margin);
    }
  }
  if (pair.deviation_strength != stats::Strength::none)
    pair.verdicts.stability =
        stats::stability(pair.deviation.ratio, pair.deviation_adjusted_p, options.alpha);
}

}  // namespace

std::vector<std::vector<PairAnalysis>> compare(const std::vector<Comparisons>& datasets,
                                               const FamilyOptions& options) {
  std::vector<Member> members;
  for (std::size_t d = 0; d < datasets.size(); ++d)
    for (const Pair& pair : datasets[d].pairs)
      if (auto member = member_of(d, datasets[d], pair)) members.push_back(std::move(*member));

  test_means(members, datasets.size());
  test_deviations(members, options.deviation_intervals);
  add_references(members, datasets.size());

  std::vector<std::vector<PairAnalysis>> family(datasets.size());
  for (Member& member : members) {
    conclude(member, options);
    family[member.dataset].push_back(member.pair);
  }
  return family;
}

}  // namespace pebench::report
