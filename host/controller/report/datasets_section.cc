#include <fmt/format.h>

#include "host/controller/report/sections.h"
#include "host/controller/stats/summary.h"

namespace pebench::report {
namespace {

TableBlock table_of(const Analysis& analysis, const AcrossDatasets& across) {
  TableBlock table;
  table.title = "ranks by mean, 1 is best" +
                (analysis.sweep.empty() ? std::string() : ": " + title_of("all data sets", analysis.sweep));
  table.columns = {{"encoding", true}};
  for (const DatasetAnalysis& dataset : analysis.datasets) table.columns.push_back({dataset.dataset});
  const bool aggregated = !across.interquartile_means.empty();
  table.columns.push_back({"mean rank"});
  if (aggregated)
    for (const char* title : {"IQM", "95 % interval"}) table.columns.push_back({title});
  for (std::size_t e = 0; e < across.encodings.size(); ++e) {
    Row row;
    row.cells = {{across.encodings[e]}};
    std::vector<double> ranks;
    for (const auto& dataset : across.ranks) {
      ranks.push_back(dataset[e]);
      row.cells.push_back(fmt::format("{:g}", dataset[e]));
    }
    row.cells.push_back(fmt::format("{:.2f}", stats::mean(ranks)));
    if (aggregated) {
      row.cells.push_back(fmt::format("{:.4f}", across.interquartile_means[e].value));
      row.cells.push_back(interval_text(across.interquartile_means[e].interval));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string groups_text(const AcrossDatasets& across) {
  const stats::CriticalDifference& difference = *across.critical_difference;
  std::string text =
      fmt::format("critical difference of mean ranks (Nemenyi): {:.2f}; Friedman p {}; not told apart:",
                  difference.difference, p_text(difference.p));
  if (difference.groups.empty()) return text + " none";
  for (std::size_t g = 0; g < difference.groups.size(); ++g) {
    text += g == 0 ? " " : "; ";
    for (std::size_t i = 0; i < difference.groups[g].size(); ++i)
      text += (i == 0 ? "" : ", ") + across.encodings[difference.groups[g][i]];
  }
  return text;
}

}  // namespace

Document datasets_section(const SuiteReport& report) {
  Document document;
  bool too_few = false, aggregated = false;
  for (const Analysis& analysis : report.analyses) {
    if (!analysis.across) continue;
    document.push_back(table_of(analysis, *analysis.across));
    aggregated = aggregated || !analysis.across->interquartile_means.empty();
    if (analysis.across->critical_difference)
      document.push_back(Paragraph{groups_text(*analysis.across)});
    else
      too_few = true;
  }
  if (document.empty()) return document;
  if (aggregated)
    document.push_back(Paragraph{
        "IQM: mean of the middle half of (x - chance)/(1 - chance) over all data sets and seeds, failed "
        "ones at chance; bootstrap within data sets"});
  if (too_few)
    document.push_back(Paragraph{fmt::format(
        "fewer than {} data sets: ranks, and no critical difference of them", stats::fewest_datasets)});
  return document;
}

}  // namespace pebench::report
