#include "host/controller/report/analysis.h"

#include <algorithm>
#include <cmath>

#include "host/controller/stats/deviation_ratio.h"
#include "host/controller/stats/failure.h"
#include "host/controller/stats/holm.h"
#include "host/controller/stats/sign_flip.h"
#include "host/controller/stats/summary.h"
#include "host/controller/stats/wilcoxon.h"

namespace pebench::report {
namespace {

constexpr std::uint64_t flips_seed = 0;
constexpr int profile_steps = 20;

using Values = std::vector<std::vector<double>>;  // [encoding][seed]

Values values_of(const DatasetAnalysis& dataset) {
  Values values;
  for (const EncodingAnalysis& encoding : dataset.encodings) values.push_back(encoding.values);
  return values;
}

EncodingAnalysis analysed(const EncodingTrials& trials, double chance, const results::SuiteLock& lock) {
  EncodingAnalysis analysis;
  analysis.encoding = trials.encoding;
  analysis.values = series(trials, lock.primary, lock.judgement);
  const std::vector<double> finished = stats::without_failed(analysis.values);
  analysis.seeds = finished.size();
  if (!finished.empty()) analysis.mean = stats::mean(finished);
  analysis.mean_interval = stats::t_interval(finished, confidence);
  analysis.deviation = stats::deviation(finished, chance);
  analysis.deviation_interval = stats::bonett_interval(finished, confidence);

  std::vector<double> run;  // without the trials that have no record
  for (std::size_t s = 0; s < analysis.values.size(); ++s)
    if (trials.records[s]) run.push_back(analysis.values[s]);
  analysis.failures = stats::failure_rate(run, confidence);
  analysis.recorded = run.size();
  analysis.failed = run.size() - finished.size();
  if (run.size() > 1)
    analysis.deviation_with_failed = stats::standard_deviation(stats::failed_at_chance(run, chance));
  return analysis;
}

DatasetAnalysis analysed(const TrialTable& table, const results::SuiteLock& lock) {
  DatasetAnalysis dataset;
  dataset.dataset = table.dataset;
  dataset.chance = chance_of(table, lock.primary);
  for (const EncodingTrials& trials : table.encodings)
    dataset.encodings.push_back(analysed(trials, dataset.chance, lock));
  return dataset;
}

std::vector<stats::Pair> pairs_with(const std::string& baseline, const DatasetAnalysis& dataset) {
  std::vector<stats::Pair> pairs;
  for (std::size_t b = 0; b < dataset.encodings.size(); ++b)
    if (dataset.encodings[b].encoding == baseline)
      for (std::size_t e = 0; e < dataset.encodings.size(); ++e)
        if (e != b) pairs.push_back({e, b});
  return pairs;
}

std::vector<stats::Pair> all_pairs(const DatasetAnalysis& dataset) {
  std::vector<stats::Pair> pairs;
  for (std::size_t first = 0; first < dataset.encodings.size(); ++first)
    for (std::size_t second = first + 1; second < dataset.encodings.size(); ++second)
      pairs.push_back({first, second});
  return pairs;
}

std::optional<double> ratio_of_deviations(const std::vector<double>& first,
                                          const std::vector<double>& second) {
  std::vector<double> a, b;
  for (std::size_t s = 0; s < first.size(); ++s)
    if (!std::isnan(first[s]) && !std::isnan(second[s])) {
      a.push_back(first[s]);
      b.push_back(second[s]);
    }
  if (a.size() < 2) return std::nullopt;
  const double denominator = stats::standard_deviation(b);
  if (denominator == 0) return std::nullopt;
  return stats::standard_deviation(a) / denominator;
}

/// The family of these pairs, [data set][pair]; pairs without two common seeds are left out of the answer.
std::vector<std::vector<PairAnalysis>> compare(const std::vector<Values>& values,
                                               const std::vector<stats::Pair>& pairs,
                                               const results::Judgement& judgement) {
  std::vector<Values> differences;
  for (const Values& dataset : values) {
    differences.emplace_back();
    for (const stats::Pair& pair : pairs)
      differences.back().push_back(stats::paired_differences(dataset[pair.first], dataset[pair.second]));
  }
  const auto means = stats::sign_flip_test(differences, flips_seed);
  const auto deviations = stats::deviation_ratio_test(values, pairs, flips_seed);
  std::vector<std::vector<PairAnalysis>> family;
  for (std::size_t d = 0; d < values.size(); ++d) {
    std::vector<double> wilcoxon;
    for (const auto& difference : differences[d])
      wilcoxon.push_back(stats::wilcoxon_signed_rank(difference).p);
    const std::vector<double> holm = stats::holm(wilcoxon);
    family.emplace_back();
    for (std::size_t p = 0; p < pairs.size(); ++p) {
      const auto& first = values[d][pairs[p].first];
      const auto& second = values[d][pairs[p].second];
      const auto paired = stats::compare_paired(first, second, confidence);
      if (!paired) continue;
      PairAnalysis pair;
      pair.first = pairs[p].first;
      pair.second = pairs[p].second;
      pair.paired = *paired;
      pair.mean = means[d][p];
      pair.wilcoxon_p = wilcoxon[p];
      pair.wilcoxon_holm_p = holm[p];
      pair.direction = stats::direction(paired->mean, pair.mean.adjusted_p, judgement.alpha);
      pair.equivalence = stats::equivalence(differences[d][p], judgement.equivalence);
      pair.deviation_ratio = ratio_of_deviations(first, second);
      pair.deviation = deviations[d][p];
      pair.brown_forsythe =
          stats::brown_forsythe({stats::without_failed(first), stats::without_failed(second)});
      family.back().push_back(pair);
    }
  }
  return family;
}

std::optional<AcrossDatasets> across(const std::vector<DatasetAnalysis>& datasets, double alpha) {
  if (datasets.size() < 2) return std::nullopt;
  AcrossDatasets across;
  Values means;  // [data set][encoding]
  for (const DatasetAnalysis& dataset : datasets) {
    means.emplace_back();
    for (const EncodingAnalysis& encoding : dataset.encodings) {
      if (!encoding.mean) return std::nullopt;
      means.back().push_back(*encoding.mean);
    }
  }
  across.ranks = stats::ranks_by_dataset(means);
  across.critical_difference = stats::critical_difference(means, alpha);
  std::vector<double> thresholds;
  for (int step = 0; step <= profile_steps; ++step)
    thresholds.push_back(static_cast<double>(step) / profile_steps);
  stats::BootstrapOptions options;
  options.confidence = confidence;
  for (std::size_t e = 0; e < datasets.front().encodings.size(); ++e) {
    across.encodings.push_back(datasets.front().encodings[e].encoding);
    Values trials;  // [data set][seed]
    for (const DatasetAnalysis& dataset : datasets)
      trials.push_back(stats::normalized(dataset.encodings[e].values, dataset.chance));
    across.interquartile_means.push_back(stats::interquartile_mean(trials, options));
    across.profiles.push_back(stats::performance_profile(trials, thresholds, options));
  }
  return across;
}

}  // namespace

std::vector<Analysis> analyse(const Study& study) {
  std::vector<Analysis> analyses;
  for (const TrialTable& table : study.tables) {
    auto found = std::find_if(analyses.begin(), analyses.end(),
                              [&](const Analysis& analysis) { return analysis.sweep == table.sweep; });
    if (found == analyses.end()) found = analyses.insert(found, {table.sweep, {}, {}});
    found->datasets.push_back(analysed(table, study.lock));
  }
  for (Analysis& analysis : analyses) {
    std::vector<Values> values;
    for (const DatasetAnalysis& dataset : analysis.datasets) values.push_back(values_of(dataset));
    const DatasetAnalysis& first = analysis.datasets.front();
    auto with_baseline = compare(values, pairs_with(study.lock.baseline, first), study.lock.judgement);
    auto pairs = compare(values, all_pairs(first), study.lock.judgement);
    for (std::size_t d = 0; d < analysis.datasets.size(); ++d) {
      analysis.datasets[d].against_baseline = std::move(with_baseline[d]);
      analysis.datasets[d].pairs = std::move(pairs[d]);
    }
    analysis.across = across(analysis.datasets, study.lock.judgement.alpha);
  }
  return analyses;
}

}  // namespace pebench::report
