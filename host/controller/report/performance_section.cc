#include <fmt/format.h>

#include <algorithm>

#include "host/controller/report/metric_names.h"
#include "host/controller/report/sections.h"

namespace pebench::report {
namespace {

Cell spread_cell(const EncodingRow& row, const std::string& metric) {
  const auto found = row.metrics.find(metric);
  if (found == row.metrics.end()) return {"n/a"};
  const Spread& spread = found->second;
  return {fmt::format("{:.4f}", spread.mean),
          fmt::format(" ± {:>6}", spread.deviation ? fmt::format("{:.4f}", *spread.deviation) : "n/a")};
}

Cell reference_cell(const ReferenceRow& row, const std::string& metric) {
  const auto found = row.metrics.find(metric);
  return found == row.metrics.end() ? Cell("n/a") : Cell(fmt::format("{:.4f}", found->second));
}

/// The encoding with the best mean; nothing if none has one.
const EncodingRow* best_of(const Group& group, const std::string& metric, bool lower_is_better) {
  const EncodingRow* best = nullptr;
  for (const EncodingRow& row : group.encodings) {
    const auto found = row.metrics.find(metric);
    if (found == row.metrics.end()) continue;
    if (best == nullptr || (lower_is_better ? found->second.mean < best->metrics.at(metric).mean
                                            : found->second.mean > best->metrics.at(metric).mean))
      best = &row;
  }
  return best;
}

bool any(const Group& group, int EncodingRow::*count) {
  return std::any_of(group.encodings.begin(), group.encodings.end(),
                     [count](const EncodingRow& row) { return row.*count > 0; });
}

/// Whether the primary metric of this encoding differs from the baseline's.
bool differs_from_baseline(const SuiteReport& report, const Group& group, const std::string& encoding) {
  for (const Analysis& analysis : report.analyses) {
    if (analysis.sweep != group.sweep) continue;
    for (const DatasetAnalysis& dataset : analysis.datasets) {
      if (dataset.dataset != group.dataset) continue;
      for (const PairAnalysis& pair : dataset.against_baseline)
        if (dataset.encodings[pair.first].encoding == encoding)
          return pair.verdicts.direction != stats::Direction::undecided;
    }
  }
  return false;
}

TableBlock table_of(const SuiteReport& report, const Group& group, const std::vector<std::string>& metrics) {
  const bool stopped = any(group, &EncodingRow::stopped), missing = any(group, &EncodingRow::missing);
  // Numbers that were not run here come without these two.
  const bool was_run = !report.study.origin;
  TableBlock table;
  table.title = fmt::format("{}: {}", report.overview.suite, title_of(group.dataset, group.sweep));
  table.columns = {{"encoding", true}};
  for (const std::string& metric : metrics) table.columns.push_back({metric_title(metric)});
  for (const char* title : {"seeds", "failed"}) table.columns.push_back({title});
  if (stopped) table.columns.push_back({"stopped"});
  if (missing) table.columns.push_back({"missing"});
  if (was_run)
    for (const char* title : {"parameters", "seconds/trial"}) table.columns.push_back({title});

  for (const EncodingRow& row : group.encodings) {
    Row cells;
    cells.cells = {{row.encoding}};
    for (const std::string& metric : metrics) {
      Cell cell = spread_cell(row, metric);
      cell.best =
          best_of(group, metric, report.study.lock.judgement.lower_is_better.count(metric) != 0) == &row;
      cell.significant =
          metric == report.overview.primary && differs_from_baseline(report, group, row.encoding);
      cells.cells.push_back(cell);
    }
    cells.cells.push_back(std::to_string(row.measured));
    cells.cells.push_back(std::to_string(row.failed));
    if (stopped) cells.cells.push_back(std::to_string(row.stopped));
    if (missing) cells.cells.push_back(std::to_string(row.missing));
    if (was_run) {
      cells.cells.push_back(row.parameters ? std::to_string(*row.parameters) : "n/a");
      cells.cells.push_back(row.seconds ? fmt::format("{:.1f}", *row.seconds) : "n/a");
    }
    if (row.failed > 0) cells.tone = Row::Tone::failed;
    table.rows.push_back(std::move(cells));
  }
  for (const ReferenceRow& row : group.references) {
    Row cells;
    cells.tone = Row::Tone::reference;
    cells.cells = {{row.name}};
    for (const std::string& metric : metrics) cells.cells.push_back(reference_cell(row, metric));
    cells.cells.resize(table.columns.size());
    table.rows.push_back(std::move(cells));
  }
  return table;
}

/// Who competes in these metrics, each candidate set once: "test.full: the target against all other items; "
std::string ranked_texts(const std::vector<std::string>& metrics) {
  std::vector<std::string> texts;
  for (const std::string& metric : metrics) {
    const std::string text = ranked_text(metric);
    if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
  }
  std::string all;
  for (const std::string& text : texts) all += text + "; ";
  return all;
}

bool any_mark(const TableBlock& table) {
  for (const Row& row : table.rows)
    for (const Cell& cell : row.cells)
      if (cell.significant) return true;
  return false;
}

}  // namespace

Document performance_section(const SuiteReport& report) {
  const std::vector<std::string> metrics = shown_metrics(report.study);
  Document document;
  bool marks = false;
  for (const Group& group : report.overview.groups) {
    TableBlock table = table_of(report, group, metrics);
    marks = marks || any_mark(table);
    document.push_back(std::move(table));
  }
  document.push_back(Paragraph{fmt::format("mean ± standard deviation over the seeds; {}baseline: {}",
                                           ranked_texts(metrics), report.overview.baseline)});
  if (std::any_of(metrics.begin(), metrics.end(), is_sampled))
    document.push_back(Paragraph{
        "biased: a rank among sampled items says little about the rank among all, and may order models "
        "differently (Krichene and Rendle 2020, 10.1145/3394486.3403226)"});
  if (report.study.origin && metrics.size() < report.study.origin->metrics.size())
    document.push_back(Paragraph{fmt::format("{} more metrics were read and are in csv and json",
                                             report.study.origin->metrics.size() - metrics.size())});
  if (marks)
    document.push_back(Paragraph{fmt::format("* differs from {} at {} (sign flips, adjusted)",
                                             report.overview.baseline, report.study.lock.judgement.alpha)});
  return document;
}

}  // namespace pebench::report
