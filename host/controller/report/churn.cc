#include "host/controller/report/churn.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "host/base/error.h"
#include "host/base/parallel.h"
#include "host/controller/report/outcome.h"
#include "host/controller/stats/holm.h"
#include "host/controller/stats/rank_biased_overlap.h"

namespace pebench::report {
namespace {

/// [user], the items from the best on.
using Lists = std::vector<stats::RankedList>;

/// What the trials of an encoding recommend: [seed of the table], nothing where a trial has no lists.
struct EncodingLists {
  std::vector<std::optional<Lists>> of_seed;
  const contract::Record* first = nullptr;  ///< of those with lists
  std::size_t missing = 0;                  ///< trials with values that kept none
  contract::Column users;
  std::size_t places = 0;

  std::vector<std::size_t> seeds() const {
    std::vector<std::size_t> seeds;
    for (std::size_t s = 0; s < of_seed.size(); ++s)
      if (of_seed[s]) seeds.push_back(s);
    return seeds;
  }
};

EncodingLists lists_of(const EncodingTrials& trials, const Study& study) {
  EncodingLists lists;
  lists.of_seed.resize(trials.records.size());
  const bool copies = copies_among(trials.records, study.lock.primary) > 0;
  for (std::size_t s = 0; s < trials.records.size(); ++s) {
    if (outcome_of(trials.records[s]) != Outcome::measured) continue;
    const auto recommendations = study.recommendations(*trials.records[s]);
    if (!recommendations) {
      ++lists.missing;
      continue;
    }
    if (lists.first == nullptr) lists.first = &*trials.records[s];
    Lists of_users;
    for (std::size_t u = 0; u < recommendations->users.size(); ++u)
      of_users.push_back(recommendations->of(u));
    lists.of_seed[s] = std::move(of_users);
    lists.users = recommendations->users;
    lists.places = recommendations->places.size();
    if (copies) break;
  }
  return lists;
}

double mean_over_users(const Lists& first, const Lists& second,
                       double (*alike)(const stats::RankedList&, const stats::RankedList&)) {
  double sum = 0;
  for (std::size_t u = 0; u < first.size(); ++u) sum += alike(first[u], second[u]);
  return sum / static_cast<double>(first.size());
}

double ranked_alike(const stats::RankedList& first, const stats::RankedList& second) {
  return stats::rank_biased_overlap(first, second);
}
double shared(const stats::RankedList& first, const stats::RankedList& second) {
  return stats::overlap(first, second, shared_depth);
}

stats::PairMatrix pairs_of(const EncodingLists& lists, const std::vector<std::size_t>& seeds,
                           double (*alike)(const stats::RankedList&, const stats::RankedList&)) {
  stats::PairMatrix pairs(seeds.size(), std::vector<double>(seeds.size(), 1));
  for (std::size_t i = 0; i < seeds.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      pairs[i][j] = pairs[j][i] = mean_over_users(*lists.of_seed[seeds[i]], *lists.of_seed[seeds[j]], alike);
  return pairs;
}

std::vector<std::size_t> all(std::size_t count) {
  std::vector<std::size_t> indices(count);
  for (std::size_t i = 0; i < count; ++i) indices[i] = i;
  return indices;
}

std::optional<double> alike_across(const EncodingLists& first, const EncodingLists& second) {
  double sum = 0;
  std::size_t pairs = 0;
  for (const std::size_t a : first.seeds())
    for (const std::size_t b : second.seeds()) {
      if (a == b) continue;
      sum += mean_over_users(*first.of_seed[a], *second.of_seed[b], ranked_alike);
      ++pairs;
    }
  if (pairs == 0) return std::nullopt;
  return sum / static_cast<double>(pairs);
}

std::optional<LikenessComparison> compare(const EncodingLists& first, const EncodingLists& second) {
  LikenessComparison comparison;
  std::vector<std::size_t> common;
  for (const std::size_t seed : first.seeds())
    if (second.of_seed[seed]) common.push_back(seed);
  comparison.seeds = common.size();
  comparison.strength = stats::strength_on_means(common.size());
  if (common.size() < 3) return std::nullopt;
  const auto difference = stats::likeness_difference(pairs_of(first, common, ranked_alike),
                                                     pairs_of(second, common, ranked_alike));
  comparison.difference = difference.estimate;
  comparison.interval = stats::interval_of(difference, common.size());
  comparison.p = difference.p;
  return comparison;
}

EncodingChurn churn_of(const EncodingTrials& trials, const EncodingLists& lists) {
  EncodingChurn churn;
  churn.encoding = trials.encoding;
  for (const auto& record : trials.records) churn.failed += outcome_of(record) == Outcome::failed;
  const auto seeds = lists.seeds();
  churn.seeds = seeds.size();
  if (seeds.size() < 2) return churn;
  const auto alike = pairs_of(lists, seeds, ranked_alike);
  churn.alike = stats::mean_over_pairs(alike, all(seeds.size()));
  churn.shared = stats::mean_over_pairs(pairs_of(lists, seeds, shared), all(seeds.size()));
  if (stats::evidence(seeds.size()) != stats::Evidence::spread) {
    const auto interval = stats::interval_of(stats::likeness(alike), seeds.size());
    churn.interval = stats::Interval{std::max(0.0, interval.low), std::min(1.0, interval.high)};
  }
  return churn;
}

/// What random lists of these users would have.
void add_chance(const EncodingLists& lists, const Study& study, Churn& churn) {
  const auto pools = study.pools ? study.pools(*lists.first, lists.users) : std::vector<std::uint32_t>();
  if (pools.empty()) return;
  double alike = 0, shared = 0;
  for (const std::uint32_t pool : pools) {
    alike += stats::rank_biased_overlap_by_chance(pool, lists.places);
    shared += stats::overlap_by_chance(pool, std::min(shared_depth, lists.places));
  }
  churn.alike_by_chance = alike / static_cast<double>(pools.size());
  churn.shared_by_chance = shared / static_cast<double>(pools.size());
}

Churn churn_of(const TrialTable& table, const Study& study) {
  Churn churn;
  churn.dataset = table.dataset;
  churn.sweep = table.sweep;
  std::vector<EncodingLists> lists(table.encodings.size());
  base::parallel_for(lists.size(), [&](std::size_t e) { lists[e] = lists_of(table.encodings[e], study); });
  std::size_t baseline = lists.size();
  const contract::Column* users = nullptr;
  for (std::size_t e = 0; e < lists.size(); ++e) {
    if (table.encodings[e].encoding == study.lock.baseline) baseline = e;
    churn.without_lists += lists[e].missing;
    if (lists[e].seeds().empty()) continue;
    if (users != nullptr && *users != lists[e].users)
      throw base::InputError(fmt::format(
          "trials on {} keep recommendations of different users, which cannot be compared: report the runs "
          "apart",
          title_of(table.dataset, table.sweep)));
    users = &lists[e].users;
    churn.users = lists[e].users.size();
    churn.places = lists[e].places;
    if (!churn.alike_by_chance) add_chance(lists[e], study, churn);
  }
  churn.encodings.resize(lists.size());
  base::parallel_for(lists.size(), [&](std::size_t e) {
    EncodingChurn& encoding = churn.encodings[e] = churn_of(table.encodings[e], lists[e]);
    if (e == baseline || baseline == lists.size()) return;
    encoding.alike_to_baseline = alike_across(lists[e], lists[baseline]);
    encoding.against_baseline = compare(lists[e], lists[baseline]);
  });
  for (std::size_t e = 0; e < lists.size() && baseline < lists.size(); ++e)
    churn.encodings[e].withheld =
        e != baseline && churn.encodings[e].failed + churn.encodings[baseline].failed > 0;
  return churn;
}

/// Holm's adjustment and the verdicts of the comparisons of one point of the sweep that get one.
void decide(const std::vector<LikenessComparison*>& family, double alpha) {
  std::vector<double> p;
  for (const LikenessComparison* comparison : family) p.push_back(comparison->p);
  const std::vector<double> adjusted = stats::holm(p);
  for (std::size_t i = 0; i < family.size(); ++i) {
    family[i]->adjusted_p = adjusted[i];
    family[i]->verdict = stats::likeness_verdict(family[i]->difference, adjusted[i], alpha);
  }
}

}  // namespace

std::vector<Churn> churn(const Study& study) {
  std::vector<Churn> churns;
  if (!study.recommendations) return churns;
  for (const TrialTable& table : study.tables) {
    Churn one = churn_of(table, study);
    if (one.users > 0) churns.push_back(std::move(one));
  }
  std::map<std::string, std::vector<LikenessComparison*>> families;  // by the point of the sweep
  for (Churn& one : churns)
    for (EncodingChurn& encoding : one.encodings)
      if (auto& pair = encoding.against_baseline) {
        pair->adjusted_p = pair->p;
        if (!encoding.withheld && pair->strength != stats::Strength::none)
          families[one.sweep.dump()].push_back(&*pair);
      }
  for (const auto& [sweep, family] : families) decide(family, study.lock.judgement.alpha);
  return churns;
}

}  // namespace pebench::report
