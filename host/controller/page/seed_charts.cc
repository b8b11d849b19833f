// Charts whose rows are encodings: accuracy, differences, deviation.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/controller/page/charts.h"
#include "host/controller/report/metric_names.h"
#include "host/controller/report/sections.h"

namespace pebench::page {
namespace {

std::string number(const std::optional<double>& value) {
  return value ? fmt::format("{:.4f}", *value) : "n/a";
}
std::string text_of(const std::optional<stats::Interval>& interval) {
  return interval ? report::interval_text(*interval) : "n/a";
}

const report::TrialTable* table_of(const report::Study& study, const std::string& dataset,
                                   const nlohmann::json& sweep) {
  for (const report::TrialTable& table : study.tables)
    if (table.dataset == dataset && table.sweep == sweep) return &table;
  return nullptr;
}

const report::Group* group_of(const report::Overview& overview, const std::string& dataset,
                              const nlohmann::json& sweep) {
  for (const report::Group& group : overview.groups)
    if (group.dataset == dataset && group.sweep == sweep) return &group;
  return nullptr;
}

std::string share_text(double share) { return fmt::format("{:.0f} %", 100 * share); }

/// "10 seeds", "8 to 10 seeds"
std::string seeds_text(const report::DatasetAnalysis& dataset) {
  std::size_t least = 0, most = 0;
  for (const auto& encoding : dataset.encodings) {
    if (encoding.seeds == 0) continue;
    least = least == 0 ? encoding.seeds : std::min(least, encoding.seeds);
    most = std::max(most, encoding.seeds);
  }
  const std::string number = least == most ? std::to_string(most) : fmt::format("{} to {}", least, most);
  return fmt::format("{} {}", number, most == 1 ? "seed" : "seeds");
}

/// A chart for every data set and point of the sweep that has values.
template <class Make>
std::vector<Chart> for_each(const report::SuiteReport& report, const Make& make) {
  std::vector<Chart> charts;
  for (const report::Analysis& analysis : report.analyses)
    for (const report::DatasetAnalysis& dataset : analysis.datasets) {
      const bool any = std::any_of(dataset.encodings.begin(), dataset.encodings.end(),
                                   [](const auto& encoding) { return encoding.seeds > 0; });
      if (!any) continue;
      if (auto chart = make(dataset, analysis.sweep)) charts.push_back(std::move(*chart));
    }
  return charts;
}

Chart accuracy(const report::SuiteReport& report, const report::DatasetAnalysis& dataset,
               const nlohmann::json& sweep) {
  const std::string& metric = report.study.lock.primary;
  DotChart drawn{report::measure_name(metric), {}};
  report::TableBlock numbers{
      {}, {{"encoding", true}, {"seeds"}, {"mean"}, {"95 % interval"}, {"seed by seed", true}}, {}};
  const report::TrialTable* table = table_of(report.study, dataset.dataset, sweep);
  for (std::size_t e = 0; e < dataset.encodings.size(); ++e) {
    const report::EncodingAnalysis& encoding = dataset.encodings[e];
    DotRow row{encoding.encoding, colour(e), {}, encoding.mean, encoding.mean_interval};
    std::string values;
    for (std::size_t s = 0; s < encoding.values.size(); ++s) {
      if (std::isnan(encoding.values[s])) continue;
      const std::string seed = table != nullptr && s < table->seeds.size()
                                   ? fmt::format(", seed {}", table->seeds[s])
                                   : std::string();
      row.dots.push_back(
          {encoding.values[s], fmt::format("{}{}: {:.4f}", encoding.encoding, seed, encoding.values[s])});
      values += fmt::format("{}{:.4f}", values.empty() ? "" : " ", encoding.values[s]);
    }
    drawn.rows.push_back(std::move(row));
    numbers.rows.push_back({{{encoding.encoding},
                             {std::to_string(encoding.seeds)},
                             {number(encoding.mean)},
                             {text_of(encoding.mean_interval)},
                             {values}}});
  }
  if (const report::Group* group = group_of(report.overview, dataset.dataset, sweep))
    for (const report::ReferenceRow& reference : group->references)
      if (const auto value = reference.metrics.find(metric); value != reference.metrics.end()) {
        drawn.rows.push_back({reference.name, "var(--quiet)", {}, value->second, {}, true});
        numbers.rows.push_back(
            {{{reference.name}, {}, {number(value->second)}, {}, {}}, report::Row::Tone::reference});
      }
  Chart chart;
  chart.title = fmt::format("{}: {}", report::metric_title(metric), report::title_of(dataset.dataset, sweep));
  chart.caption = fmt::format(
      "Small dots: {} ({}). Large dots: their mean, with its {} interval (Student's t). Diamonds: what needs "
      "no training.",
      seeds_text(dataset), report::measure_unit(metric).empty() ? "values" : report::measure_unit(metric),
      share_text(report::confidence));
  chart.specification = specification_of(drawn);
  chart.numbers = std::move(numbers);
  return chart;
}

std::optional<Chart> difference(const report::SuiteReport& report, const report::DatasetAnalysis& dataset,
                                const nlohmann::json& sweep) {
  const results::SuiteLock& lock = report.study.lock;
  DotChart drawn{fmt::format("{}, difference to {}", report::measure_name(lock.primary), lock.baseline), {}};
  drawn.line = 0;
  report::TableBlock numbers{
      {}, {{"encoding", true}, {"seeds"}, {"difference"}, {"95 % interval"}, {"p"}, {"verdict", true}}, {}};
  bool paired = true;
  for (std::size_t e = 0; e < dataset.encodings.size(); ++e) {
    const report::PairAnalysis* pair = dataset.with_baseline(e);
    if (pair == nullptr) continue;
    const auto& first = dataset.encodings[pair->first];
    const auto& second = dataset.encodings[pair->second];
    DotRow row{first.encoding, colour(e), {}, pair->mean.difference, pair->mean.interval};
    if (pair->mean.design == stats::Design::paired) {
      for (const double value : stats::paired_differences(first.values, second.values))
        if (!std::isnan(value))
          row.dots.push_back({value, fmt::format("{}: {:+.4f}", first.encoding, value)});
    } else {
      paired = false;
    }
    drawn.rows.push_back(std::move(row));
    const bool decides = !pair->withheld && pair->mean_strength != stats::Strength::none;
    numbers.rows.push_back({{{first.encoding},
                             {std::to_string(pair->mean.seeds)},
                             {fmt::format("{:+.4f}", pair->mean.difference)},
                             {report::interval_text(pair->mean.interval)},
                             {decides ? report::p_text(pair->mean_adjusted_p) : "n/a"},
                             {report::mean_verdict(*pair)}}});
    if (lock.judgement.equivalence_share && second.mean) {
      const double margin = *lock.judgement.equivalence_share * std::abs(*second.mean);
      drawn.band = {-margin, margin};
    }
  }
  if (drawn.rows.empty()) return std::nullopt;
  Chart chart;
  chart.title = fmt::format("{} against {}: {}", report::metric_title(lock.primary), lock.baseline,
                            report::title_of(dataset.dataset, sweep));
  chart.caption = fmt::format(
      "{} Large dots: mean difference with its {} interval. Dashed: no difference.{} {}. The p of the table "
      "is adjusted over encodings and data sets of one setting.",
      paired ? "Small dots: differences seed by seed."
             : "Where seeds are not shared, trials count as independent.",
      share_text(report::confidence),
      drawn.band ? fmt::format(" Band: within ±{:g} % of {}.", 100 * *lock.judgement.equivalence_share,
                               lock.baseline)
                 : std::string(),
      seeds_text(dataset));
  chart.specification = specification_of(drawn);
  chart.numbers = std::move(numbers);
  return chart;
}

std::optional<Chart> deviation(const report::SuiteReport& report, const report::DatasetAnalysis& dataset,
                               const nlohmann::json& sweep) {
  const std::string& metric = report.study.lock.primary;
  DotChart drawn{fmt::format("SD of {} over seeds", report::measure_name(metric)), {}};
  drawn.from_zero = true;
  report::TableBlock numbers{
      {},
      {{"encoding", true}, {"seeds"}, {"SD"}, {"95 % interval"}, {"ratio"}, {"p"}, {"verdict", true}},
      {}};
  bool any = false;
  for (std::size_t e = 0; e < dataset.encodings.size(); ++e) {
    const report::EncodingAnalysis& encoding = dataset.encodings[e];
    any = any || encoding.deviation.sd;
    drawn.rows.push_back(
        {encoding.encoding, colour(e), {}, encoding.deviation.sd, encoding.deviation_interval});
    report::Row row{{{encoding.encoding},
                     {std::to_string(encoding.seeds)},
                     {number(encoding.deviation.sd)},
                     {text_of(encoding.deviation_interval)}}};
    if (const report::PairAnalysis* pair = dataset.with_baseline(e)) {
      const bool decides = !pair->withheld && pair->deviation_strength != stats::Strength::none;
      row.cells.emplace_back(
          std::isinf(pair->deviation.ratio) ? "∞" : fmt::format("{:.2f}", pair->deviation.ratio));
      row.cells.emplace_back(decides ? report::p_text(pair->deviation_adjusted_p) : "n/a");
      row.cells.emplace_back(report::deviation_verdict(*pair));
    } else {
      row.cells.resize(7);
      row.tone = report::Row::Tone::reference;
    }
    numbers.rows.push_back(std::move(row));
  }
  if (!any) return std::nullopt;
  Chart chart;
  chart.title = fmt::format("deviation of {} across seeds: {}", report::metric_title(metric),
                            report::title_of(dataset.dataset, sweep));
  chart.caption = fmt::format(
      "Dots: standard deviation over {}; lines: Bonett's {} interval, from five seeds on. Verdicts compare "
      "mean |x - median| with that of {}.",
      seeds_text(dataset), share_text(report::confidence), report.study.lock.baseline);
  chart.specification = specification_of(drawn);
  chart.numbers = std::move(numbers);
  return chart;
}

}  // namespace

ChartSection accuracy_charts(const report::SuiteReport& report) {
  return {"accuracy", "How good?", "", for_each(report, [&](const auto& dataset, const auto& sweep) {
            return std::optional(accuracy(report, dataset, sweep));
          })};
}

ChartSection difference_charts(const report::SuiteReport& report) {
  return {"differences", fmt::format("Better than {}?", report.study.lock.baseline), "",
          for_each(report, [&](const auto& dataset, const auto& sweep) {
            return difference(report, dataset, sweep);
          })};
}

ChartSection deviation_charts(const report::SuiteReport& report) {
  return {"deviation", "How steady?", "", for_each(report, [&](const auto& dataset, const auto& sweep) {
            return deviation(report, dataset, sweep);
          })};
}

}  // namespace pebench::page
