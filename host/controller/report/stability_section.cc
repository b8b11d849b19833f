#include <fmt/format.h>

#include <cmath>

#include "host/controller/report/metric_names.h"
#include "host/controller/report/sections.h"

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

bool any_failed(const DatasetAnalysis& dataset) {
  for (const EncodingAnalysis& encoding : dataset.encodings)
    if (encoding.failed > 0) return true;
  return false;
}

std::string bound_text(double ratio) { return std::isinf(ratio) ? "∞" : fmt::format("{:.2f}", ratio); }

std::string ratio_interval_text(const PairAnalysis& pair) {
  if (!pair.deviation_has_interval) return "n/a";
  return fmt::format("[{}, {}]", bound_text(pair.deviation.interval.low),
                     bound_text(pair.deviation.interval.high));
}

Row row_of(const DatasetAnalysis& dataset, std::size_t encoding, bool with_failed) {
  const EncodingAnalysis& analysis = dataset.encodings[encoding];
  Row row;
  row.cells = {{analysis.encoding},
               {number(analysis.deviation.sd, "{:.4f}")},
               {analysis.deviation_interval ? interval_text(*analysis.deviation_interval) : "n/a",
                analysis.normal == false ? "†" : ""},
               {number(analysis.deviation.cv, "{:.3f}")},
               {number(analysis.deviation.relative_to_chance, "{:.3f}")}};
  if (with_failed) {
    row.cells.emplace_back(fmt::format("{}/{}", analysis.failed, analysis.measured + analysis.failed));
    row.cells.emplace_back(analysis.failures
                               ? fmt::format("[{:.2f}, {:.2f}]", analysis.failures->interval.low,
                                             analysis.failures->interval.high)
                               : "n/a");
    row.cells.emplace_back(analysis.failed > 0 ? number(analysis.sd_of_measured, "{:.4f}") : "");
  }
  const PairAnalysis* pair = dataset.with_baseline(encoding);
  if (pair == nullptr) {
    for (int cell = 0; cell < 4; ++cell) row.cells.emplace_back();
    row.tone = Row::Tone::reference;
    return row;
  }
  row.cells.emplace_back(bound_text(pair->deviation.ratio));
  row.cells.emplace_back(ratio_interval_text(*pair));
  row.cells.emplace_back(
      pair->deviation_strength == stats::Strength::none ? "n/a" : p_text(pair->deviation_adjusted_p));
  row.cells.emplace_back(deviation_verdict(*pair));
  return row;
}

TableBlock table_of(const DatasetAnalysis& dataset, const nlohmann::json& sweep,
                    const results::SuiteLock& lock) {
  const bool with_failed = any_failed(dataset);
  TableBlock table;
  table.title = fmt::format("deviation of {} across seeds: {}", metric_title(lock.primary),
                            title_of(dataset.dataset, sweep));
  table.columns = {{"encoding", true}, {"SD"}, {"95 % interval"}, {"CV"}, {"SD/gain"}};
  if (with_failed)
    for (const char* title : {"failed", "95 % interval", "SD without"}) table.columns.push_back({title});
  for (const char* title : {"ratio", "95 % interval", "p"}) table.columns.push_back({title});
  table.columns.push_back({"verdict", true});
  for (std::size_t e = 0; e < dataset.encodings.size(); ++e)
    table.rows.push_back(row_of(dataset, e, with_failed));
  return table;
}

/// What marks and columns mean, of those that are there.
std::string legend(bool failed, bool not_normal, const results::SuiteLock& lock) {
  std::string text = fmt::format(
      "ratio: mean |x - median| of the encoding over that of {}, its interval and p from one test (exchanges "
      "of centred "
      "residuals), p adjusted over encodings and data sets of one setting (Holm), verdict at {} from {} "
      "seeds on, "
      "exploratory below "
      "{}; SD: description, with Bonett's interval; gain: mean - chance",
      lock.baseline, lock.judgement.alpha, stats::seeds_for(stats::Evidence::means),
      stats::seeds_for(stats::Evidence::stability));
  if (not_normal)
    text +=
        "; † values told from normal ones (Anderson-Darling at 5 %): there the interval of the SD covers "
        "less than "
        "it says";
  if (failed)
    text +=
        "; failed: the encoding gave no value (crash, NaN, error), counted at chance where that is known, "
        "Wilson's "
        "interval; SD without: of the others";
  return text;
}

}  // namespace

std::string deviation_verdict(const PairAnalysis& pair) {
  if (pair.withheld) return "withheld";
  if (pair.deviation_strength == stats::Strength::none) return "too few seeds";
  const std::string verdict(stats::name_of(pair.verdicts.stability));
  const bool exploratory = pair.deviation_strength == stats::Strength::exploratory &&
                           pair.verdicts.stability != stats::Stability::undecided;
  return exploratory ? verdict + " (exploratory)" : verdict;
}

Document stability_section(const SuiteReport& report) {
  Document document;
  const results::SuiteLock& lock = report.study.lock;
  bool failed = false, not_normal = false;
  for (const Analysis& analysis : report.analyses)
    for (const DatasetAnalysis& dataset : analysis.datasets) {
      if (!gives_intervals(dataset)) continue;
      failed = failed || any_failed(dataset);
      for (const EncodingAnalysis& encoding : dataset.encodings)
        not_normal = not_normal || encoding.normal == false;
      document.push_back(table_of(dataset, analysis.sweep, lock));
    }
  if (document.empty()) return document;
  document.push_back(Paragraph{legend(failed, not_normal, lock)});
  return document;
}

}  // namespace pebench::report
