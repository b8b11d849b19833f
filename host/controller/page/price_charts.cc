// What quality comes with: deviation, seconds, parameters.

#include <fmt/format.h>

#include "host/controller/page/charts.h"
#include "host/controller/report/metric_names.h"

namespace pebench::page {
namespace {

/// What an encoding costs, with its name on the axis.
struct Price {
  const char* name;
  bool logarithmic;
  std::optional<double> (*of)(const report::EncodingAnalysis&, const report::EncodingRow&);
};

const Price prices[] = {
    {"SD over seeds", false,
     [](const report::EncodingAnalysis& analysis, const report::EncodingRow&) {
       return analysis.deviation.sd;
     }},
    {"seconds a trial", true,
     [](const report::EncodingAnalysis&, const report::EncodingRow& row) { return row.seconds; }},
    {"parameters", true,
     [](const report::EncodingAnalysis&, const report::EncodingRow& row) {
       return row.parameters ? std::optional(static_cast<double>(*row.parameters)) : std::nullopt;
     }},
};

std::optional<Chart> chart_of(const Price& price, const report::SuiteReport& report,
                              const report::DatasetAnalysis& dataset, const report::Group& group) {
  const std::string& metric = report.study.lock.primary;
  ScatterChart drawn{price.name, report::measure_name(metric), {}, price.logarithmic};
  report::TableBlock numbers{{}, {{"encoding", true}, {price.name}, {report::measure_name(metric)}}, {}};
  for (std::size_t e = 0; e < dataset.encodings.size() && e < group.encodings.size(); ++e) {
    const report::EncodingAnalysis& encoding = dataset.encodings[e];
    const auto x = price.of(encoding, group.encodings[e]);
    if (!x || !encoding.mean || (price.logarithmic && *x <= 0)) continue;
    drawn.marks.push_back({encoding.encoding, colour(e), *x, *encoding.mean, encoding.mean_interval});
    numbers.rows.push_back(
        {{{encoding.encoding}, {fmt::format("{:.6g}", *x)}, {fmt::format("{:.4f}", *encoding.mean)}}});
  }
  if (drawn.marks.size() < 2) return std::nullopt;
  Chart chart;
  chart.title = fmt::format("{} against {}: {}", report::measure_name(metric), price.name,
                            report::title_of(group.dataset, group.sweep));
  chart.caption =
      fmt::format("Dots: means over seeds; lines: their {:.0f} % interval.", 100 * report::confidence);
  chart.specification = specification_of(drawn);
  chart.numbers = std::move(numbers);
  return chart;
}

}  // namespace

ChartSection price_charts(const report::SuiteReport& report) {
  ChartSection section{"price",
                       "At what price?",
                       "Seconds are those of whole trials as they ran, with whatever else the machine did.",
                       {}};
  for (const report::Analysis& analysis : report.analyses)
    for (const report::DatasetAnalysis& dataset : analysis.datasets)
      for (const report::Group& group : report.overview.groups)
        if (group.dataset == dataset.dataset && group.sweep == analysis.sweep)
          for (const Price& price : prices)
            if (auto chart = chart_of(price, report, dataset, group))
              section.charts.push_back(std::move(*chart));
  return section;
}

}  // namespace pebench::page
