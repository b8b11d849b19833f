#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "host/controller/report/metric_names.h"
#include "host/controller/report/sections.h"

namespace pebench::report {
namespace {

/// The strongest reference that the baseline is not above; null if there is none.
const ReferenceRow* not_beaten(const Group& group, const std::string& metric, double mean) {
  const ReferenceRow* strongest = nullptr;
  for (const ReferenceRow& row : group.references) {
    const auto found = row.metrics.find(metric);
    if (found == row.metrics.end() || found->second < mean) continue;
    if (strongest == nullptr || strongest->metrics.at(metric) < found->second) strongest = &row;
  }
  return strongest;
}

}  // namespace

Document worth_section(const SuiteReport& report) {
  constexpr std::size_t most_listed = 5;
  const std::string& metric = report.overview.primary;
  if (report.study.lock.judgement.lower_is_better.count(metric) != 0) return {};
  std::vector<std::string> places;
  for (const Group& group : report.overview.groups) {
    const auto baseline =
        std::find_if(group.encodings.begin(), group.encodings.end(),
                     [&](const EncodingRow& row) { return row.encoding == report.overview.baseline; });
    if (baseline == group.encodings.end() || baseline->metrics.count(metric) == 0) continue;
    const double mean = baseline->metrics.at(metric).mean;
    if (const ReferenceRow* reference = not_beaten(group, metric, mean))
      places.push_back(fmt::format("{}: {:.4f}, {} {:.4f}", title_of(group.dataset, group.sweep), mean,
                                   reference->name, reference->metrics.at(metric)));
  }
  if (places.empty()) return {};
  const std::size_t more = places.size() - std::min(places.size(), most_listed);
  places.resize(places.size() - more);
  return {
      Paragraph{fmt::format("Warning: the baseline {} is not above what needs no model ({}: {}{}). What is "
                            "said of encodings there is said of a "
                            "model that recommends badly, and need not hold on one that works",
                            report.overview.baseline, measure_name(metric), fmt::join(places, "; "),
                            more == 0 ? "" : fmt::format("; and {} more", more))}};
}

}  // namespace pebench::report
