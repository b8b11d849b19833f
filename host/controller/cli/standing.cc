#include "host/controller/cli/standing.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/contract/record.h"
#include "host/controller/report/metric_names.h"
#include "host/controller/report/sections.h"
#include "host/controller/stats/interval.h"
#include "host/controller/stats/summary.h"

namespace pebench::cli {

std::string Standing::after(const contract::TrialSpec& trial) {
  const std::string title = report::title_of(trial.dataset, trial.sweep);
  const auto metrics = contract::read_record(folder_.record(trial.id())).result.metrics;
  auto& table = values_[title];
  if (const auto value = metrics.find(primary_); value != metrics.end())
    table[trial.encoding].push_back(value->second);
  if (table.size() < 2) return {};  // who is alone leads nobody
  const auto& [encoding, values] = *std::max_element(
      table.begin(), table.end(),
      [](const auto& a, const auto& b) { return stats::mean(a.second) < stats::mean(b.second); });
  const auto interval = stats::t_interval(values);
  return fmt::format("{}: {} leads, {} {:.4f}{}, {} seed{}", title, encoding, report::measure_name(primary_),
                     stats::mean(values), interval ? " " + report::interval_text(*interval) : "",
                     values.size(), values.size() == 1 ? "" : "s");
}

}  // namespace pebench::cli
