#include "host/controller/report/users.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "host/base/parallel.h"
#include "host/controller/report/outcome.h"
#include "host/controller/stats/holm.h"
#include "host/controller/stats/seed_policy.h"

namespace pebench::report {
namespace {

std::optional<std::size_t> index_of(const std::string& encoding, const TrialTable& table) {
  for (std::size_t e = 0; e < table.encodings.size(); ++e)
    if (table.encodings[e].encoding == encoding) return e;
  return std::nullopt;
}

/// Users' values of the trials of one table, of the same users in the same order for all trials.
class Source {
 public:
  Source(const Study& study, const TrialTable& table) : study_(study), table_(table) {
    if (table.users) find_complete_users();
  }

  /// Nothing where a trial has no value, or kept no users', or ranked others than the first one asked for.
  std::optional<std::vector<float>> values(std::size_t encoding, std::size_t seed) {
    const auto& record = table_.encodings[encoding].records[seed];
    if (outcome_of(record) != Outcome::measured) return std::nullopt;
    if (table_.users) return of_table(encoding, seed);
    if (!study_.ranked_users) return std::nullopt;
    auto read = study_.ranked_users(*record, study_.lock.primary);
    if (!read) return std::nullopt;
    if (ranked_.empty()) ranked_ = read->users;
    if (read->users != ranked_) return std::nullopt;
    return std::move(read->values);
  }

 private:
  /// Those whom no measured trial lacks.
  void find_complete_users() {
    const auto& scores = table_.users->values.at(study_.lock.primary);
    for (std::size_t u = 0; u < table_.users->users.size(); ++u) {
      bool complete = true;
      for (std::size_t e = 0; e < table_.encodings.size(); ++e)
        for (std::size_t s = 0; s < table_.seeds.size(); ++s)
          complete = complete && !(outcome_of(table_.encodings[e].records[s]) == Outcome::measured &&
                                   std::isnan(scores[e][s][u]));
      if (complete) complete_.push_back(u);
    }
  }

  std::vector<float> of_table(std::size_t encoding, std::size_t seed) const {
    const auto& scores = table_.users->values.at(study_.lock.primary)[encoding][seed];
    std::vector<float> values;
    for (const std::size_t u : complete_) values.push_back(static_cast<float>(scores[u]));
    return values;
  }

  const Study& study_;
  const TrialTable& table_;
  std::vector<std::uint32_t> ranked_;
  std::vector<std::size_t> complete_;
};

UserAnalysis analysed(const Study& study, const TrialTable& table) {
  UserAnalysis analysis{table.dataset, table.sweep, {}};
  const auto baseline = index_of(study.lock.baseline, table);
  if (!baseline || copies_among(table.encodings[*baseline].records, study.lock.primary) > 0) return analysis;
  Source source(study, table);
  std::vector<std::optional<stats::CrossedSums>> sums(table.encodings.size());
  for (std::size_t s = 0; s < table.seeds.size(); ++s) {
    const auto reference = source.values(*baseline, s);
    if (!reference) continue;
    for (std::size_t e = 0; e < table.encodings.size(); ++e) {
      if (e == *baseline || copies_among(table.encodings[e].records, study.lock.primary) > 0) continue;
      const auto values = source.values(e, s);
      if (!values) continue;
      if (!sums[e]) sums[e].emplace(values->size());
      sums[e]->add(*values, *reference);
    }
  }
  for (std::size_t e = 0; e < table.encodings.size(); ++e) {
    if (!sums[e]) continue;
    if (const auto crossed = sums[e]->analyse())
      analysis.comparisons.push_back({table.encodings[e].encoding, *crossed, 1, stats::Direction::undecided});
  }
  return analysis;
}

/// The comparisons of one point of the sweep are a family.
void conclude(std::vector<UserComparison*> family, const Study& study) {
  const bool lower = study.lock.judgement.lower_is_better.count(study.lock.primary) != 0;
  for (UserComparison* comparison : family) comparison->adjusted_p = comparison->crossed.p_other_users;
  // Only what admits a verdict is corrected for, as in family.cc.
  family.erase(std::remove_if(family.begin(), family.end(),
                              [](const UserComparison* comparison) {
                                return stats::strength_on_means(comparison->crossed.seeds) ==
                                       stats::Strength::none;
                              }),
               family.end());
  std::vector<double> alone;
  for (const UserComparison* comparison : family) alone.push_back(comparison->crossed.p_other_users);
  const std::vector<double> adjusted = stats::holm(alone);
  for (std::size_t i = 0; i < family.size(); ++i) {
    UserComparison& comparison = *family[i];
    comparison.adjusted_p = adjusted[i];
    const double ahead = lower ? -comparison.crossed.difference : comparison.crossed.difference;
    comparison.direction = stats::direction(ahead, adjusted[i], study.lock.judgement.alpha);
  }
}

}  // namespace

std::vector<UserAnalysis> analyse_users(const Study& study) {
  std::vector<UserAnalysis> analyses(study.tables.size());
  base::parallel_for(study.tables.size(),
                     [&](std::size_t t) { analyses[t] = analysed(study, study.tables[t]); });
  for (const UserAnalysis& first : analyses) {
    std::vector<UserComparison*> family;
    for (UserAnalysis& analysis : analyses)
      if (analysis.sweep == first.sweep)
        for (UserComparison& comparison : analysis.comparisons) family.push_back(&comparison);
    conclude(family, study);
  }
  analyses.erase(std::remove_if(analyses.begin(), analyses.end(),
                                [](const UserAnalysis& analysis) { return analysis.comparisons.empty(); }),
                 analyses.end());
  return analyses;
}

}  // namespace pebench::report
