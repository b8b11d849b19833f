#include <fmt/format.h>

#include "host/controller/report/sections.h"
#include "host/controller/stats/seed_policy.h"

namespace pebench::report {
namespace {

std::string number(const std::optional<double>& value, const char* format) {
  return value ? fmt::format(fmt::runtime(format), *value) : "n/a";
}

bool gives_intervals(const DatasetAnalysis& dataset) {
  for (const EncodingAnalysis& encoding : dataset.encodings)
    if (stats::evidence(encoding.seeds) != stats::Evidence::spread) return true;
  return false;
}

std::string verdict_text(const PairAnalysis& pair, double alpha) {
  const stats::Strength strength = stats::strength_on_stability(pair.paired.seeds);
  if (strength == stats::Strength::none) return "too few seeds";
  if (pair.deviation.adjusted_p > alpha || !pair.deviation_ratio) return "undecided";
  const std::string direction = *pair.deviation_ratio > 1 ? "deviates more" : "deviates less";
  return strength == stats::Strength::exploratory ? direction + " (exploratory)" : direction;
}

Row row_of(const DatasetAnalysis& dataset, std::size_t encoding, double alpha) {
  const EncodingAnalysis& analysis = dataset.encodings[encoding];
  Row row;
  row.cells = {{analysis.encoding},
               {number(analysis.deviation.sd, "{:.4f}")},
               {analysis.deviation_interval ? interval_text(*analysis.deviation_interval) : "n/a"},
               {number(analysis.deviation.cv, "{:.3f}")},
               {number(analysis.deviation.relative_to_chance, "{:.3f}")},
               {fmt::format("{}/{}", analysis.failed, analysis.recorded)},
               {analysis.failures ? fmt::format("[{:.2f}, {:.2f}]", analysis.failures->interval.low,
                                                analysis.failures->interval.high)
                                  : "n/a"},
               {number(analysis.deviation_with_failed, "{:.4f}")}};
  const PairAnalysis* pair = nullptr;
  for (const PairAnalysis& candidate : dataset.against_baseline)
    if (candidate.first == encoding) pair = &candidate;
  if (pair == nullptr) {
    row.cells.resize(11);
    row.tone = Row::Tone::reference;
    return row;
  }
  row.cells.push_back(number(pair->deviation_ratio, "{:.2f}"));
  row.cells.push_back(p_text(pair->deviation.adjusted_p));
  row.cells.push_back(verdict_text(*pair, alpha));
  return row;
}

}  // namespace

Document stability_section(const SuiteReport& report) {
  Document document;
  const results::SuiteLock& lock = report.study.lock;
  for (const Analysis& analysis : report.analyses)
    for (const DatasetAnalysis& dataset : analysis.datasets) {
      if (!gives_intervals(dataset)) continue;
      TableBlock table;
      table.title = fmt::format("deviation of {} across seeds: {}", measure_name(lock.primary),
                                title_of(dataset.dataset, analysis.sweep));
      table.columns = {{"encoding", true}, {"SD"},     {"95 % interval"}, {"CV"},
                       {"SD/gain"},        {"failed"}, {"95 % interval"}, {"SD with failed"},
                       {"ratio"},          {"p"},      {"verdict", true}};
      for (std::size_t e = 0; e < dataset.encodings.size(); ++e)
        table.rows.push_back(row_of(dataset, e, lock.judgement.alpha));
      document.push_back(std::move(table));
    }
  if (document.empty()) return document;
  document.push_back(Paragraph{fmt::format(
      "SD: Bonett's interval; gain: mean - chance; failed: {}, Wilson's interval; SD with failed: with these "
      "counted at chance; ratio: to "
      "the SD of {}; p: swaps of centred residuals, adjusted over encodings and data sets, verdict at {}",
      lock.judgement.at_chance_fails ? "without a result, or best validation not above chance"
                                     : "without a result",
      lock.baseline, lock.judgement.alpha)});
  return document;
}

}  // namespace pebench::report
