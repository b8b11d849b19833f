// Charts over data sets and over variants of the settings.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/controller/page/charts.h"
#include "host/controller/report/metric_names.h"

namespace pebench::page {
namespace {

Chart heat_map(const report::Analysis& analysis, const std::string& metric) {
  const report::AcrossDatasets& across = *analysis.across;
  HeatMap drawn{"encoding", "data set", across.encodings, {}, across.ranks};
  report::TableBlock numbers{{}, {{"data set", true}}, {}};
  for (const std::string& encoding : across.encodings) numbers.columns.push_back({encoding});
  for (std::size_t d = 0; d < analysis.datasets.size(); ++d) {
    drawn.rows.push_back(analysis.datasets[d].dataset);
    report::Row row{{{analysis.datasets[d].dataset}}};
    for (const double rank : across.ranks[d]) row.cells.emplace_back(fmt::format("{:g}", rank));
    numbers.rows.push_back(std::move(row));
  }
  Chart chart;
  chart.title =
      fmt::format("ranks by mean {}{}", report::metric_title(metric),
                  analysis.sweep.empty() ? "" : ": " + report::title_of("all data sets", analysis.sweep));
  chart.caption = "1, the darkest, is the best mean on that data set.";
  chart.specification = specification_of(drawn);
  chart.numbers = std::move(numbers);
  return chart;
}

Chart critical_difference(const report::Analysis& analysis, const std::string& metric) {
  const report::AcrossDatasets& across = *analysis.across;
  const stats::CriticalDifference& critical = *across.critical_difference;
  DotChart drawn{"mean rank", {}};
  report::TableBlock numbers{{}, {{"encoding", true}, {"mean rank"}}, {}};
  for (std::size_t e = 0; e < across.encodings.size(); ++e) {
    const double rank = critical.mean_ranks[e], half = critical.difference / 2;
    drawn.rows.push_back(
        {across.encodings[e], colour(e), {}, rank, stats::Interval{rank - half, rank + half}});
    numbers.rows.push_back({{{across.encodings[e]}, {fmt::format("{:.2f}", rank)}}});
  }
  Chart chart;
  chart.title =
      fmt::format("critical difference of mean ranks, {}{}", report::metric_title(metric),
                  analysis.sweep.empty() ? "" : ": " + report::title_of("all data sets", analysis.sweep));
  chart.caption = fmt::format(
      "Over {} data sets. Encodings whose lines do not overlap differ by more than Nemenyi's critical "
      "difference, {:.2f}; Friedman's p is {:.3g} (Demsar 2006).",
      analysis.datasets.size(), critical.difference, critical.p);
  chart.specification = specification_of(drawn);
  chart.numbers = std::move(numbers);
  return chart;
}

Chart chart_of(const report::Attribution& attribution, const std::string& metric) {
  DotChart drawn{fmt::format("SD of {} over seeds", report::measure_name(metric)), {}};
  drawn.from_zero = true;
  report::TableBlock numbers{{}, {{"variant", true}}, {}};
  for (std::size_t e = 0; e < attribution.encodings.size(); ++e) {
    numbers.columns.push_back({attribution.encodings[e]});
    drawn.legend.push_back({attribution.encodings[e], colour(e)});
  }
  for (std::size_t v = 0; v < attribution.variants.size(); ++v) {
    DotRow row{attribution.variants[v], "var(--quiet)"};
    report::Row values{{{attribution.variants[v]}}};
    for (std::size_t e = 0; e < attribution.encodings.size(); ++e) {
      const auto& deviation = attribution.cells[v][e].deviation;
      values.cells.emplace_back(deviation ? fmt::format("{:.4f}", *deviation) : "n/a");
      if (deviation)
        row.dots.push_back({*deviation,
                            fmt::format("{} under {}: {:.4f}", attribution.encodings[e],
                                        attribution.variants[v], *deviation),
                            colour(e)});
    }
    drawn.rows.push_back(std::move(row));
    numbers.rows.push_back(std::move(values));
  }
  Chart chart;
  chart.title = fmt::format("deviation of {} by variant: {}", report::metric_title(metric),
                            report::title_of(attribution.dataset, attribution.sweep));
  chart.caption = "A dot for every encoding: which change of the settings makes seeds differ.";
  chart.specification = specification_of(drawn);
  chart.numbers = std::move(numbers);
  return chart;
}

}  // namespace

ChartSection rank_charts(const report::SuiteReport& report) {
  ChartSection section{"ranks", "The same order everywhere?", "", {}};
  for (const report::Analysis& analysis : report.analyses) {
    if (!analysis.across || analysis.across->ranks.size() != analysis.datasets.size()) continue;
    section.charts.push_back(heat_map(analysis, report.study.lock.primary));
    if (analysis.across->critical_difference)
      section.charts.push_back(critical_difference(analysis, report.study.lock.primary));
  }
  return section;
}

ChartSection attribution_charts(const report::SuiteReport& report) {
  ChartSection section{"attribution", "Which setting makes seeds differ?", "", {}};
  for (const report::Attribution& attribution : report.attributions) {
    const bool any = std::any_of(attribution.cells.begin(), attribution.cells.end(), [](const auto& cells) {
      return std::any_of(cells.begin(), cells.end(),
                         [](const auto& cell) { return cell.deviation.has_value(); });
    });
    if (any) section.charts.push_back(chart_of(attribution, report.study.lock.primary));
  }
  return section;
}

}  // namespace pebench::page
