#include "host/controller/report/worth.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "host/controller/report/metric_names.h"

namespace pebench::report {
namespace {

constexpr std::size_t most_listed = 5;

/// The strongest reference that the baseline is not above; null if there is none.
const ReferenceRow* not_beaten(const Group& group, const std::string& metric, double mean) {
  const ReferenceRow* strongest = nullptr;
  for (const ReferenceRow& row : group.references) {
    const auto found = row.metrics.find(metric);
    if (row.name == "markov" || found == row.metrics.end() || found->second < mean) continue;
    if (strongest == nullptr || strongest->metrics.at(metric) < found->second) strongest = &row;
  }
  return strongest;
}

}  // namespace

std::optional<std::string> shortfall_of_baseline(const Overview& overview) {
  const std::string& metric = overview.primary;
  std::vector<std::string> places;
  for (const Group& group : overview.groups) {
    const auto baseline =
        std::find_if(group.encodings.begin(), group.encodings.end(),
                     [&](const EncodingRow& row) { return row.encoding == overview.baseline; });
    if (baseline == group.encodings.end() || baseline->metrics.count(metric) == 0) continue;
    const double mean = baseline->metrics.at(metric).mean;
    if (const ReferenceRow* reference = not_beaten(group, metric, mean))
      places.push_back(fmt::format("{}: {:.4f}, {} {:.4f}", title_of(group.dataset, group.sweep), mean,
                                   reference->name, reference->metrics.at(metric)));
  }
  if (places.empty()) return std::nullopt;
  const std::size_t more = places.size() - std::min(places.size(), most_listed);
  places.resize(places.size() - more);
  return fmt::format(
      "the baseline {} is not above what needs no training ({}: {}{}). What is said of encodings "
      "there is said of a model that recommends badly, and need not hold on one that works",
      overview.baseline, metric_title(metric), fmt::join(places, "; "),
      more == 0 ? "" : fmt::format("; and {} more", more));
}

}  // namespace pebench::report
