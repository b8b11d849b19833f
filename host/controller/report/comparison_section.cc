#include <fmt/format.h>

#include "host/controller/report/sections.h"
#include "host/controller/stats/seed_policy.h"

namespace pebench::report {
namespace {

std::string name_of(stats::Direction direction) {
  switch (direction) {
    case stats::Direction::better:
      return "better";
    case stats::Direction::worse:
      return "worse";
    case stats::Direction::undecided:
      return "undecided";
  }
  return "";
}

std::string name_of(stats::Equivalence equivalence) {
  switch (equivalence) {
    case stats::Equivalence::yes:
      return "yes";
    case stats::Equivalence::no:
      return "no";
    case stats::Equivalence::undecided:
      return "undecided";
  }
  return "";
}

const PairAnalysis* pair_of(const DatasetAnalysis& dataset, std::size_t encoding) {
  for (const PairAnalysis& pair : dataset.against_baseline)
    if (pair.first == encoding) return &pair;
  return nullptr;
}

bool gives_verdicts(const DatasetAnalysis& dataset) {
  for (const PairAnalysis& pair : dataset.against_baseline)
    if (stats::evidence(pair.paired.seeds) != stats::Evidence::spread) return true;
  return false;
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
  const stats::Evidence evidence = stats::evidence(pair->paired.seeds);
  const bool verdict = evidence != stats::Evidence::spread;
  row.cells.push_back(fmt::format("{:+.4f}", pair->paired.mean));
  row.cells.push_back(interval_text(pair->paired.interval));
  row.cells.push_back(pair->paired.effect_size ? fmt::format("{:.2f}", *pair->paired.effect_size) : "n/a");
  row.cells.push_back(fmt::format("{:.2f}", pair->paired.superiority.value));
  row.cells.push_back(verdict ? p_text(pair->mean.adjusted_p) : "n/a");
  row.cells.push_back(!verdict ? "too few seeds"
                      : evidence == stats::Evidence::weak_means &&
                              pair->direction != stats::Direction::undecided
                          ? name_of(pair->direction) + " (weak)"
                          : name_of(pair->direction));
  row.cells.push_back(verdict ? name_of(pair->equivalence) : "too few seeds");
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
