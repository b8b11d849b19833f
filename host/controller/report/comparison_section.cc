#include <fmt/format.h>

#include <algorithm>

#include "host/controller/report/metric_names.h"
#include "host/controller/report/sections.h"

namespace pebench::report {
namespace {

bool gives_verdicts(const DatasetAnalysis& dataset) {
  for (const PairAnalysis& pair : dataset.against_baseline)
    if (pair.withheld || pair.mean_strength != stats::Strength::none) return true;
  return false;
}

std::string equivalence_text(const PairAnalysis& pair) {
  if (!pair.equivalence) return mean_verdict(pair);
  const bool weak =
      pair.mean_strength == stats::Strength::weak && *pair.equivalence != stats::Equivalence::undecided;
  return std::string(stats::name_of(*pair.equivalence)) + (weak ? " (weak)" : "");
}

bool lower_is_better(const results::SuiteLock& lock) {
  return lock.judgement.lower_is_better.count(lock.primary) != 0;
}

Row row_of(const DatasetAnalysis& dataset, std::size_t encoding, const results::SuiteLock& lock) {
  const EncodingAnalysis& analysis = dataset.encodings[encoding];
  const bool with_margin = lock.judgement.equivalence_share.has_value();
  Row row;
  row.cells = {{analysis.encoding},
               {analysis.mean ? fmt::format("{:.4f}", *analysis.mean) : "n/a"},
               {analysis.mean_interval ? interval_text(*analysis.mean_interval) : "n/a"}};
  const PairAnalysis* pair = dataset.with_baseline(encoding);
  if (pair == nullptr) {
    row.cells.resize(with_margin ? 10 : 9);
    row.tone = Row::Tone::reference;
    return row;
  }
  const bool verdict = pair->mean_strength != stats::Strength::none;
  const stats::MeanComparison& mean = pair->mean;
  row.cells.emplace_back(fmt::format("{:+.4f}", mean.difference));
  row.cells.emplace_back(interval_text(mean.interval));
  row.cells.emplace_back(mean.effect_size ? fmt::format("{:.2f}", *mean.effect_size) : "n/a");
  row.cells.emplace_back(
      fmt::format("{:.2f}", lower_is_better(lock) ? 1 - mean.superiority : mean.superiority));
  row.cells.emplace_back(verdict ? p_text(pair->mean_adjusted_p) : "n/a");
  row.cells.emplace_back(mean_verdict(*pair));
  if (with_margin) row.cells.emplace_back(equivalence_text(*pair));
  row.cells[3].significant = pair->verdicts.direction != stats::Direction::undecided;
  return row;
}

TableBlock table_of(const DatasetAnalysis& dataset, const nlohmann::json& sweep,
                    const results::SuiteLock& lock) {
  TableBlock table;
  table.title = fmt::format("{} against {}: {}", metric_title(lock.primary), lock.baseline,
                            title_of(dataset.dataset, sweep));
  table.columns = {{"encoding", true}, {"mean"}, {"95 % interval"}, {"difference"}, {"95 % interval"}, {"d"},
                   {"P(ahead)"},       {"p"},    {"verdict", true}};
  if (lock.judgement.equivalence_share)
    table.columns.push_back({fmt::format("within ±{:g} %", 100 * *lock.judgement.equivalence_share), true});
  for (std::size_t e = 0; e < dataset.encodings.size(); ++e) table.rows.push_back(row_of(dataset, e, lock));
  return table;
}

/// Which of its comparisons had no seeds in common.
bool any_unpaired(const DatasetAnalysis& dataset) {
  for (const PairAnalysis& pair : dataset.against_baseline)
    if (pair.mean.design == stats::Design::unpaired) return true;
  return false;
}

bool any_withheld(const DatasetAnalysis& dataset) {
  return std::any_of(dataset.against_baseline.begin(), dataset.against_baseline.end(),
                     [](const PairAnalysis& pair) { return pair.withheld; });
}

std::string legend(bool unpaired, const results::SuiteLock& lock) {
  std::string text = fmt::format(
      "{}differences are paired by seed; d: their mean over their SD; P(ahead): share of seeds on which the "
      "encoding is "
      "ahead; p: sign flips, adjusted over encodings and data sets of one setting ({}), verdict at {} from "
      "{} seeds on, "
      "weak below {}",
      lower_is_better(lock) ? "lower is better; " : "", unpaired ? "Holm" : "step-down max-T",
      lock.judgement.alpha, stats::seeds_for(stats::Evidence::weak_means),
      stats::seeds_for(stats::Evidence::means));
  if (unpaired)
    text +=
        "; where no seeds are shared, trials count as independent: Welch's interval, d over the pooled SD, "
        "P(ahead) "
        "of all pairs, p by permutation of labels";
  if (lock.judgement.equivalence_share)
    text += fmt::format(
        "; within ±{:g} %: whether the 90 % interval of the difference lies within that share of the "
        "mean of {}",
        100 * *lock.judgement.equivalence_share, lock.baseline);
  return text;
}

/// Where a comparison is not of all the seeds that its table shows means and deviations of.
void add_fewer_seeds(const DatasetAnalysis& dataset, const nlohmann::json& sweep,
                     const results::SuiteLock& lock, Document& document) {
  for (const PairAnalysis& pair : dataset.against_baseline) {
    const EncodingAnalysis& first = dataset.encodings[pair.first];
    const EncodingAnalysis& second = dataset.encodings[pair.second];
    if (pair.mean.design == stats::Design::unpaired ||
        (pair.mean.seeds == first.seeds && pair.mean.seeds == second.seeds))
      continue;
    document.push_back(
        Paragraph{fmt::format("{}: {} shares {} of its {} seeds with {}, which has {}: difference, ratio and "
                              "verdicts are of the shared "
                              "ones alone, means and SDs of all",
                              title_of(dataset.dataset, sweep), first.encoding, pair.mean.seeds, first.seeds,
                              lock.baseline, second.seeds)});
  }
}

/// The verdicts that would be others without the failed trials.
void add_other_reading(const DatasetAnalysis& dataset, const nlohmann::json& sweep,
                       const results::SuiteLock& lock, Document& document) {
  for (const PairAnalysis& pair : dataset.against_baseline) {
    if (!pair.without_failed) continue;
    const EncodingAnalysis& first = dataset.encodings[pair.first];
    const EncodingAnalysis& second = dataset.encodings[pair.second];
    document.push_back(Paragraph{fmt::format(
        "{}, {}: with failed trials at chance ({} of {}, {} of {}) {} and {}; without them {} and {}",
        title_of(dataset.dataset, sweep), first.encoding, first.failed, first.encoding, second.failed,
        lock.baseline, stats::name_of(pair.verdicts.direction), stats::name_of(pair.verdicts.stability),
        stats::name_of(pair.without_failed->direction), stats::name_of(pair.without_failed->stability))});
  }
}

}  // namespace

std::string mean_verdict(const PairAnalysis& pair) {
  if (pair.withheld) return "withheld";
  if (pair.mean_strength == stats::Strength::none) return "too few seeds";
  const bool weak =
      pair.mean_strength == stats::Strength::weak && pair.verdicts.direction != stats::Direction::undecided;
  return std::string(stats::name_of(pair.verdicts.direction)) + (weak ? " (weak)" : "");
}

std::string interval_text(const stats::Interval& interval) {
  return fmt::format("[{:.4f}, {:.4f}]", interval.low, interval.high);
}

std::string p_text(double p) { return p < 0.001 ? "< 0.001" : fmt::format("{:.3f}", p); }

Document comparison_section(const SuiteReport& report) {
  Document document, readings;
  const results::SuiteLock& lock = report.study.lock;
  bool unpaired = false, withheld = false;
  for (const Analysis& analysis : report.analyses)
    for (const DatasetAnalysis& dataset : analysis.datasets) {
      if (!gives_verdicts(dataset)) continue;
      unpaired = unpaired || any_unpaired(dataset);
      document.push_back(table_of(dataset, analysis.sweep, lock));
      add_fewer_seeds(dataset, analysis.sweep, lock, readings);
      add_other_reading(dataset, analysis.sweep, lock, readings);
      withheld = withheld || any_withheld(dataset);
    }
  if (document.empty()) return document;
  document.push_back(Paragraph{legend(unpaired, lock)});
  if (withheld)
    document.push_back(
        Paragraph{"withheld: trials failed and no chance level is known that they could count as (judge: "
                  "--chance), so that "
                  "what is left would favour the encoding that fails"});
  for (Block& block : readings) document.push_back(std::move(block));
  return document;
}

}  // namespace pebench::report
