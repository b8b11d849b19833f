// How much two seeds of an encoding recommend the same to the same user.

#include <fmt/format.h>

#include <algorithm>

#include "host/controller/page/charts.h"
#include "host/controller/report/sections.h"
#include "host/controller/stats/rank_biased_overlap.h"

namespace pebench::page {
namespace {

std::string number(const std::optional<double>& value) {
  return value ? fmt::format("{:.4f}", *value) : "n/a";
}

report::Row numbers_of(const report::EncodingChurn& encoding, bool is_baseline) {
  report::Row row{{{encoding.encoding},
                   {std::to_string(encoding.seeds)},
                   {number(encoding.alike)},
                   {encoding.interval ? report::interval_text(*encoding.interval) : "n/a"},
                   {number(encoding.shared)},
                   {number(encoding.alike_to_baseline)}}};
  const auto& pair = encoding.against_baseline;
  row.cells.emplace_back(
      pair ? fmt::format("{:+.4f} {}", pair->difference, report::interval_text(pair->interval)) : "n/a");
  row.cells.emplace_back(report::decides(encoding) ? report::p_text(pair->adjusted_p) : "n/a");
  row.cells.emplace_back(report::likeness_verdict(encoding));
  if (is_baseline) {
    std::fill(row.cells.begin() + 5, row.cells.end(), report::Cell());
    row.tone = report::Row::Tone::reference;
  }
  return row;
}

std::optional<Chart> chart_of(const report::Churn& churn, const std::string& baseline) {
  DotChart drawn{"rank-biased overlap of two seeds' lists", {}};
  drawn.from_zero = true;
  Chart chart;
  chart.numbers.columns = {{"encoding", true},
                           {"seeds"},
                           {"overlap"},
                           {"95 % interval"},
                           {fmt::format("shared of {}", report::shared_depth)},
                           {"overlap with " + baseline},
                           {"difference"},
                           {"p"},
                           {"verdict", true}};
  for (std::size_t e = 0; e < churn.encodings.size(); ++e) {
    const report::EncodingChurn& encoding = churn.encodings[e];
    chart.numbers.rows.push_back(numbers_of(encoding, encoding.encoding == baseline));
    if (!encoding.interval) continue;
    DotRow row{encoding.encoding, colour(e), {}, encoding.alike, encoding.interval};
    if (encoding.encoding != baseline && encoding.alike_to_baseline)
      row.dots.push_back({*encoding.alike_to_baseline, fmt::format("{} with {}: {:.3f}", encoding.encoding,
                                                                   baseline, *encoding.alike_to_baseline)});
    drawn.rows.push_back(std::move(row));
  }
  if (drawn.rows.empty()) return std::nullopt;
  if (churn.alike_by_chance) {
    drawn.rows.push_back({"chance", "var(--quiet)", {}, churn.alike_by_chance, {}, true});
    chart.numbers.rows.push_back(
        {{{"chance"}, {}, {number(churn.alike_by_chance)}, {}, {number(churn.shared_by_chance)}},
         report::Row::Tone::reference});
  }
  chart.title =
      fmt::format("do two seeds recommend the same? {}", report::title_of(churn.dataset, churn.sweep));
  chart.caption = fmt::format(
      "Large dots: rank-biased overlap (1: equal lists; chance: random ones) of the best {} items that two "
      "seeds "
      "of the encoding recommend to the same user, mean over pairs of seeds and {} users; lines: {:.0f} % "
      "interval over "
      "seeds. "
      "Small dots: of its lists and those of {}, seeds apart.",
      churn.places, churn.users, 100 * report::confidence, baseline);
  chart.specification = specification_of(drawn);
  return chart;
}

}  // namespace

ChartSection churn_charts(const report::SuiteReport& report) {
  ChartSection section{"churn", "The same recommendations?", "", {}};
  for (const report::Churn& churn : report.churns)
    if (auto chart = chart_of(churn, report.study.lock.baseline)) section.charts.push_back(std::move(*chart));
  return section;
}

}  // namespace pebench::page
