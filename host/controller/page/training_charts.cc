// How training went: every seed a line.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "host/contract/metric.h"
#include "host/controller/page/charts.h"
#include "host/controller/report/metric_names.h"

namespace pebench::page {
namespace {

using Value = std::function<std::optional<double>(const contract::Epoch&)>;

/// So many points are drawn of all curves of a page together, and so many of one at least and at most.
constexpr std::size_t points_of_all = 60000, fewest_points = 8, most_points = 60;

/// At evenly spaced epochs, the first and the last among them; four digits, which is more than can be seen.
std::vector<std::pair<double, double>> thinned(const std::vector<contract::Epoch>& epochs, const Value& value,
                                               std::size_t most) {
  std::vector<std::pair<double, double>> all, some;
  for (const contract::Epoch& epoch : epochs)
    if (const auto y = value(epoch); y && std::isfinite(*y))
      all.emplace_back(static_cast<double>(epoch.epoch), std::stod(fmt::format("{:.4g}", *y)));
  if (all.size() <= most) return all;
  for (std::size_t i = 0; i < most; ++i) some.push_back(all[i * (all.size() - 1) / (most - 1)]);
  return some;
}

/// Whether a trial's primary metric is lower than half of its encoding's median: it went otherwise than
/// others.
bool is_collapsed(double value, std::vector<double> values) {
  values.erase(std::remove_if(values.begin(), values.end(), [](double one) { return std::isnan(one); }),
               values.end());
  if (values.size() < 3) return false;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return value < 0.5 * values[values.size() / 2];
}

std::optional<Chart> chart_of(const report::TrialTable& table, const std::string& primary,
                              const std::string& title, const std::string& axis, const Value& value,
                              std::size_t most) {
  CurveChart drawn{"epoch", axis, {}};
  report::TableBlock numbers{
      {}, {{"encoding", true}, {"seed", true}, {"first epoch"}, {"last epoch"}, {"epochs"}, {primary}}, {}};
  std::vector<std::string> collapsed;
  for (std::size_t e = 0; e < table.encodings.size(); ++e) {
    const report::EncodingTrials& trials = table.encodings[e];
    const auto results = report::series(trials, primary, std::nullopt, report::Failed::left_out);
    for (std::size_t s = 0; s < trials.records.size(); ++s) {
      if (!trials.records[s]) continue;
      const auto& epochs = trials.records[s]->result.epochs;
      Curve curve{trials.encoding, colour(e), fmt::format("{}, seed {}", trials.encoding, table.seeds[s]),
                  false, thinned(epochs, value, most)};
      if (curve.points.empty()) continue;
      const bool falls = s < results.size() && !std::isnan(results[s]) && is_collapsed(results[s], results);
      curve.is_dashed = falls;
      if (falls) collapsed.push_back(curve.tip);
      numbers.rows.push_back(
          {{{trials.encoding},
            {std::to_string(table.seeds[s])},
            {fmt::format("{:.4g}", curve.points.front().second)},
            {fmt::format("{:.4g}", curve.points.back().second)},
            {std::to_string(epochs.size())},
            {s < results.size() && !std::isnan(results[s]) ? fmt::format("{:.4f}", results[s]) : "n/a"}}});
      drawn.curves.push_back(std::move(curve));
    }
  }
  if (drawn.curves.empty()) return std::nullopt;
  Chart chart;
  chart.title = fmt::format("{}: {}", title, report::title_of(table.dataset, table.sweep));
  chart.caption = collapsed.empty() ? "A line for every seed."
                                    : fmt::format(
                                          "A line for every seed. Dashed, since they ended below half of "
                                          "their encoding's median {}: {}.",
                                          report::measure_name(primary), fmt::join(collapsed, "; "));
  chart.specification = specification_of(drawn);
  chart.numbers = std::move(numbers);
  return chart;
}

/// The validation metric that epochs have, the primary one's twin where it is among them.
std::string validated_metric(const report::TrialTable& table, const std::string& primary) {
  const auto metric = contract::Metric::find(primary);
  std::string first;
  for (const report::EncodingTrials& trials : table.encodings)
    for (const auto& record : trials.records)
      if (record)
        for (const contract::Epoch& epoch : record->result.epochs)
          for (const auto& [name, value] : epoch.validation) {
            if (metric && name == contract::metric_name("valid", metric->candidates, metric->measure_name()))
              return name;
            if (first.empty()) first = name;
          }
  return first;
}

}  // namespace

ChartSection training_charts(const report::SuiteReport& report) {
  ChartSection section{"training", "How did training go?", "", {}};
  std::size_t trials = 0;
  for (const report::TrialTable& table : report.study.tables)
    trials += table.encodings.size() * table.seeds.size();
  const std::size_t most =
      std::clamp(points_of_all / std::max<std::size_t>(1, 2 * trials), fewest_points, most_points);
  const std::string& primary = report.study.lock.primary;
  for (const report::TrialTable& table : report.study.tables) {
    const std::string metric = validated_metric(table, primary);
    if (!metric.empty())
      if (auto chart = chart_of(
              table, primary, "validation by epoch",
              fmt::format("{} (validation)", report::measure_name(metric)),
              [&](const contract::Epoch& epoch) {
                const auto value = epoch.validation.find(metric);
                return value == epoch.validation.end() ? std::nullopt : std::optional(value->second);
              },
              most))
        section.charts.push_back(std::move(*chart));
    if (auto chart = chart_of(
            table, primary, "loss by epoch", "training loss",
            [](const contract::Epoch& epoch) { return std::optional(epoch.loss); }, most))
      section.charts.push_back(std::move(*chart));
  }
  return section;
}

}  // namespace pebench::page
