#include <fmt/format.h>

#include "host/controller/report/sections.h"
#include "host/controller/stats/seed_policy.h"

namespace pebench::report {
namespace {

const PairAnalysis* pair_of(const DatasetAnalysis& dataset, std::size_t encoding) {
  for (const PairAnalysis& pair : dataset.against_baseline)
    if (pair.first == encoding) return &pair;
  return nullptr;
}

bool gives_verdicts(const DatasetAnalysis& dataset) {
  for (const PairAnalysis& pair : dataset.against_baseline)
    if (stats::strength_on_means(pair.paired.seeds) != stats::Strength::none) return true;
  return false;
}

std::string verdict_text(stats::Direction direction, stats::Strength strength) {
  if (strength == stats::Strength::none) return "too few seeds";
  const bool weak = strength == stats::Strength::weak && direction != stats::Direction::undecided;
  return std::string(stats::name_of(direction)) + (weak ? " (weak)" : "");
}

Row row_of(const DatasetAnalysis& dataset, std::size_t encoding) {
  const EncodingAnalysis& analysis = dataset.encodings[encoding];
  Row row;
  row.cells = {{analysis.encoding},
               {analysis.mean ? fmt::format("{:.4f}", *analysis.mean) : "n/a"},
               {analysis.mean_interval ? interval_text(*analysis.mean_interval) : "n/a"}};
  const PairAnalysis* pair = pair_of(dataset, encoding);
  if (pair == nullptr) {
    row.cells.resize(10);
    row.tone = Row::Tone::reference;
    return row;
  }
  const stats::Strength strength = stats::strength_on_means(pair->paired.seeds);
  const bool verdict = strength != stats::Strength::none;
  row.cells.push_back(fmt::format("{:+.4f}", pair->paired.mean));
  row.cells.push_back(interval_text(pair->paired.interval));
  row.cells.push_back(pair->paired.effect_size ? fmt::format("{:.2f}", *pair->paired.effect_size) : "n/a");
  row.cells.push_back(fmt::format("{:.2f}", pair->paired.superiority.value));
  row.cells.push_back(verdict ? p_text(pair->mean.adjusted_p) : "n/a");
  row.cells.push_back(verdict_text(pair->direction, strength));
  row.cells.push_back(std::string(verdict ? stats::name_of(pair->equivalence) : "too few seeds"));
  row.cells[3].significant = verdict && pair->direction != stats::Direction::undecided;
  return row;
}

}  // namespace

std::string interval_text(const stats::Interval& interval) {
  return fmt::format("[{:.4f}, {:.4f}]", interval.low, interval.high);
}

std::string p_text(double p) { return p < 0.001 ? "< 0.001" : fmt::format("{:.3f}", p); }

Document comparison_section(const SuiteReport& report) {
  Document document;
  const results::SuiteLock& lock = report.study.lock;
  for (const Analysis& analysis : report.analyses)
    for (const DatasetAnalysis& dataset : analysis.datasets) {
      if (!gives_verdicts(dataset)) continue;
      TableBlock table;
      table.title = fmt::format("{} against {}: {}", measure_name(lock.primary), lock.baseline,
                                title_of(dataset.dataset, analysis.sweep));
      table.columns = {{"encoding", true}, {"mean"},
                       {"95 % interval"},  {"difference"},
                       {"95 % interval"},  {"d_z"},
                       {"P(>)"},           {"p"},
                       {"verdict", true},  {fmt::format("within ±{}", lock.judgement.equivalence), true}};
      for (std::size_t e = 0; e < dataset.encodings.size(); ++e) table.rows.push_back(row_of(dataset, e));
      document.push_back(std::move(table));
    }
  if (document.empty()) return document;
  document.push_back(
      Paragraph{fmt::format("differences are paired by seed; P(>): share of seeds on which the encoding is "
                            "ahead; p: sign flips, adjusted over "
                            "encodings and data sets (step-down max-T), verdict at {}; within ±{}: whether "
                            "the 90 % interval of the difference is",
                            lock.judgement.alpha, lock.judgement.equivalence)});
  return document;
}

}  // namespace pebench::report
