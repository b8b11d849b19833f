#include "host/controller/report/analysis.h"

#include <algorithm>
#include <cmath>

#include "host/controller/report/family.h"
#include "host/controller/report/outcome.h"
#include "host/controller/stats/normality.h"
#include "host/controller/stats/summary.h"

namespace pebench::report {
namespace {

constexpr int profile_steps = 20;

using Values = std::vector<std::vector<double>>;  // [encoding][seed]

void count_outcomes(const EncodingTrials& trials, const std::string& primary, EncodingAnalysis& analysis) {
  for (const auto& record : trials.records) {
    switch (outcome_of(record)) {
      case Outcome::measured:
        ++analysis.measured;
        if (const auto flag = is_at_chance(record->result, primary))
          analysis.at_chance = analysis.at_chance.value_or(0) + (*flag ? 1 : 0);
        break;
      case Outcome::failed:
        ++analysis.failed;
        break;
      case Outcome::stopped:
        ++analysis.stopped;
        break;
      case Outcome::missing:
        break;
    }
  }
  analysis.missing = trials.missing();
  analysis.copies = copies_among(trials.records, primary);
  if (const std::size_t ended = analysis.measured + analysis.failed; ended > 0)
    analysis.failures = stats::wilson(static_cast<double>(analysis.failed), ended, confidence);
}

EncodingAnalysis analysed(const EncodingTrials& trials, const std::string& metric,
                          std::optional<double> chance) {
  EncodingAnalysis analysis;
  analysis.encoding = trials.encoding;
  analysis.values = series(trials, metric, chance, Failed::at_chance);
  count_outcomes(trials, metric, analysis);
  const std::vector<double> values = stats::without_failed(analysis.values);
  analysis.seeds = values.size();
  if (!values.empty()) {
    analysis.mean = stats::mean(values);
    analysis.mean_deviation = stats::mean_deviation(values);
  }
  analysis.mean_interval = stats::t_interval(values, confidence);
  analysis.deviation = stats::deviation(values, chance);
  analysis.deviation_interval = stats::bonett_interval(values, confidence);
  analysis.normal = stats::looks_normal(values);
  const std::vector<double> measured =
      stats::without_failed(series(trials, metric, chance, Failed::left_out));
  if (analysis.failed > 0 && measured.size() > 1)
    analysis.sd_of_measured = stats::standard_deviation(measured);
  return analysis;
}

DatasetAnalysis analysed(const TrialTable& table, const std::string& metric) {
  DatasetAnalysis dataset;
  dataset.dataset = table.dataset;
  dataset.chance = chance_of(table, metric);
  for (const EncodingTrials& trials : table.encodings)
    dataset.encodings.push_back(analysed(trials, metric, dataset.chance));
  return dataset;
}

std::vector<Pair> pairs_with(const std::string& baseline, const TrialTable& table) {
  std::vector<Pair> pairs;
  for (std::size_t b = 0; b < table.encodings.size(); ++b)
    if (table.encodings[b].encoding == baseline)
      for (std::size_t e = 0; e < table.encodings.size(); ++e)
        if (e != b) pairs.push_back({e, b});
  return pairs;
}

std::vector<Pair> all_pairs(const TrialTable& table) {
  std::vector<Pair> pairs;
  for (std::size_t first = 0; first < table.encodings.size(); ++first)
    for (std::size_t second = first + 1; second < table.encodings.size(); ++second)
      pairs.push_back({first, second});
  return pairs;
}

Values values_of(const TrialTable& table, const std::string& metric, Failed failed) {
  Values values;
  for (const EncodingTrials& trials : table.encodings)
    values.push_back(series(trials, metric, chance_of(table, metric), failed));
  return values;
}

/// The encodings with failed trials where no chance level is known.
std::vector<bool> without_account(const TrialTable& table, const std::string& metric) {
  const bool known = chance_of(table, metric).has_value();
  std::vector<bool> encodings;
  for (const EncodingTrials& trials : table.encodings) encodings.push_back(!known && trials.has_failed());
  return encodings;
}

const PairAnalysis* find(const std::vector<PairAnalysis>& family, const PairAnalysis& pair) {
  const auto found = std::find_if(family.begin(), family.end(), [&](const PairAnalysis& other) {
    return other.first == pair.first && other.second == pair.second;
  });
  return found == family.end() ? nullptr : &*found;
}

/// The family of the pairs that `pairs_of` takes of each table, read in both ways: failed trials at chance,
/// which counts, and left out, which is kept where it says something else.
template <class PairsOf>
std::vector<std::vector<PairAnalysis>> read_both_ways(const std::vector<const TrialTable*>& tables,
                                                      const std::string& metric, const FamilyOptions& options,
                                                      const PairsOf& pairs_of) {
  std::vector<Comparisons> at_chance, left_out;
  bool any_failed = false;
  for (const TrialTable* table : tables) {
    const std::vector<bool> withheld = without_account(*table, metric);
    at_chance.push_back({values_of(*table, metric, Failed::at_chance), withheld, pairs_of(*table)});
    left_out.push_back({values_of(*table, metric, Failed::left_out), withheld, pairs_of(*table)});
    for (const EncodingTrials& trials : table->encodings) any_failed = any_failed || trials.has_failed();
  }
  auto family = compare(at_chance, options);
  if (!any_failed) return family;
  FamilyOptions quick = options;
  quick.deviation_intervals = false;
  const auto other = compare(left_out, quick);
  for (std::size_t d = 0; d < family.size(); ++d)
    for (PairAnalysis& pair : family[d]) {
      const PairAnalysis* without = find(other[d], pair);
      const Verdicts verdicts = without == nullptr ? Verdicts() : without->verdicts;
      if (!(verdicts == pair.verdicts)) pair.without_failed = verdicts;
    }
  return family;
}

bool same_encodings(const std::vector<DatasetAnalysis>& datasets) {
  const auto& first = datasets.front().encodings;
  return std::all_of(datasets.begin(), datasets.end(), [&](const DatasetAnalysis& dataset) {
    return std::equal(
        first.begin(), first.end(), dataset.encodings.begin(), dataset.encodings.end(),
        [](const EncodingAnalysis& a, const EncodingAnalysis& b) { return a.encoding == b.encoding; });
  });
}

/// Whether (x - chance)/(1 - chance) runs from random to perfect.
bool is_share_with_chance(const std::vector<DatasetAnalysis>& datasets, bool lower_is_better) {
  if (lower_is_better) return false;
  for (const DatasetAnalysis& dataset : datasets) {
    if (!dataset.chance || !(*dataset.chance < 1)) return false;
    for (const EncodingAnalysis& encoding : dataset.encodings)
      for (const double value : encoding.values)
        if (value < 0 || value > 1) return false;
  }
  return true;
}

void add_aggregates(const std::vector<DatasetAnalysis>& datasets, AcrossDatasets& across) {
  std::vector<double> thresholds;
  for (int step = 0; step <= profile_steps; ++step)
    thresholds.push_back(static_cast<double>(step) / profile_steps);
  stats::BootstrapOptions options;
  options.confidence = confidence;
  for (std::size_t e = 0; e < across.encodings.size(); ++e) {
    Values trials;  // [data set][seed]
    for (const DatasetAnalysis& dataset : datasets)
      trials.push_back(stats::normalized(dataset.encodings[e].values, dataset.chance.value()));
    across.interquartile_means.push_back(stats::interquartile_mean(trials, options));
    across.profiles.push_back(stats::performance_profile(trials, thresholds, options));
  }
}

std::optional<AcrossDatasets> across(const std::vector<DatasetAnalysis>& datasets, double alpha,
                                     bool lower_is_better) {
  if (datasets.size() < 2 || !same_encodings(datasets)) return std::nullopt;
  AcrossDatasets across;
  for (const EncodingAnalysis& encoding : datasets.front().encodings)
    across.encodings.push_back(encoding.encoding);
  Values ahead;  // [data set][encoding], more is better
  for (const DatasetAnalysis& dataset : datasets) {
    ahead.emplace_back();
    for (const EncodingAnalysis& encoding : dataset.encodings) {
      if (!encoding.mean) return std::nullopt;
      ahead.back().push_back(lower_is_better ? -*encoding.mean : *encoding.mean);
    }
  }
  across.ranks = stats::ranks_by_dataset(ahead);
  across.critical_difference = stats::critical_difference(ahead, alpha);
  if (is_share_with_chance(datasets, lower_is_better)) add_aggregates(datasets, across);
  return across;
}

std::vector<const TrialTable*> tables_of(const Study& study, const nlohmann::json& sweep) {
  std::vector<const TrialTable*> tables;
  for (const TrialTable& table : study.tables)
    if (table.sweep == sweep) tables.push_back(&table);
  return tables;
}

}  // namespace

const PairAnalysis* DatasetAnalysis::with_baseline(std::size_t encoding) const {
  for (const PairAnalysis& pair : against_baseline)
    if (pair.first == encoding) return &pair;
  return nullptr;
}

std::vector<Analysis> analyse(const Study& study) {
  const results::SuiteLock& lock = study.lock;
  FamilyOptions options;
  options.alpha = lock.judgement.alpha;
  options.equivalence_share = lock.judgement.equivalence_share;
  options.lower_is_better = lock.judgement.lower_is_better.count(lock.primary) != 0;
  FamilyOptions with_intervals = options;
  with_intervals.deviation_intervals = true;

  std::vector<Analysis> analyses;
  for (const TrialTable& table : study.tables) {
    const bool known = std::any_of(analyses.begin(), analyses.end(),
                                   [&](const Analysis& analysis) { return analysis.sweep == table.sweep; });
    if (!known) analyses.push_back({table.sweep, {}, {}});
  }
  for (Analysis& analysis : analyses) {
    const auto tables = tables_of(study, analysis.sweep);
    auto with_baseline = read_both_ways(tables, lock.primary, with_intervals, [&](const TrialTable& table) {
      return pairs_with(lock.baseline, table);
    });
    auto pairs = read_both_ways(tables, lock.primary, options, all_pairs);
    for (std::size_t d = 0; d < tables.size(); ++d) {
      analysis.datasets.push_back(analysed(*tables[d], lock.primary));
      analysis.datasets[d].against_baseline = std::move(with_baseline[d]);
      analysis.datasets[d].pairs = std::move(pairs[d]);
    }
    analysis.across = across(analysis.datasets, options.alpha, options.lower_is_better);
  }
  return analyses;
}

}  // namespace pebench::report
