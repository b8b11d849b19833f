#include "host/controller/report/metric_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "host/contract/metric.h"

namespace pebench::report {
namespace {

using contract::Metric;

// "uniform:100" in words; sizes may be "L" and "L-1".
std::string describe_candidates(const std::string& set) {
  if (set == "full") return "the target against all other items";
  if (set == "given") return "the target against the items that the data give for it";
  const std::string size = set.substr(set.find(':') + 1);
  return fmt::format("the target against {} items drawn {}", size,
                     set.rfind("uniform:", 0) == 0 ? "uniformly" : "by their popularity");
}

std::vector<std::string> first_of(const std::vector<std::string>& all, const std::string& primary) {
  constexpr std::size_t most = 4;
  std::vector<std::string> metrics = {primary};
  for (const std::string& metric : all)
    if (metric != primary && metrics.size() < most) metrics.push_back(metric);
  return metrics;
}

/// The sets within which records have the measure of `primary`, and its own.
std::set<std::string> candidate_sets(const Study& study, const Metric& primary) {
  std::set<std::string> sets = {primary.candidates};
  for (const TrialTable& table : study.tables)
    for (const EncodingTrials& trials : table.encodings)
      for (const auto& record : trials.records) {
        if (!record) continue;
        for (const auto& [name, value] : record->result.metrics) {
          const auto metric = Metric::find(name);
          if (metric && metric->sample == primary.sample && metric->measure_name() == primary.measure_name())
            sets.insert(metric->candidates);
        }
      }
  return sets;
}

/// HR, NDCG and the primary measure within one set, among all items where that is known; and that measure
/// within the others, the primary metric's own set before the rest.
std::vector<std::string> of_all_sets(const Metric& primary, const std::set<std::string>& sets) {
  Metric first = primary;
  if (sets.count("full") != 0) first.candidates = "full";
  const std::int64_t k = primary.k.value_or(10);
  std::vector<Metric> metrics = {first.with("hr", k), first.with("ndcg", k), first, primary};
  for (const std::string& set : sets) {
    metrics.push_back(primary);
    metrics.back().candidates = set;
  }
  std::vector<std::string> names;
  for (const Metric& metric : metrics)
    if (std::find(names.begin(), names.end(), metric.name()) == names.end()) names.push_back(metric.name());
  return names;
}

}  // namespace

std::string measure_name(const std::string& metric) {
  const auto known = Metric::find(metric);
  if (!known) return metric;
  std::string name = known->measure_name();
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
  return name;
}

bool is_sampled(const std::string& metric) {
  const auto known = Metric::find(metric);
  return known && known->candidates != "full";
}

std::string metric_title(const std::string& metric) {
  if (!is_sampled(metric)) return measure_name(metric);
  return fmt::format("{} in {} (biased)", measure_name(metric), Metric::find(metric)->candidates);
}

std::string measure_unit(const std::string& metric) {
  const auto known = Metric::find(metric);
  if (!known) return {};
  return known->sample == "valid" ? "mean over validation users" : "mean over test users";
}

std::string ranked_text(const std::string& metric) {
  const auto known = Metric::find(metric);
  if (!known) return {};
  return fmt::format("{}.{}: {}", known->sample, known->candidates, describe_candidates(known->candidates));
}

std::vector<std::string> shown_metrics(const Study& study) {
  const std::string& primary = study.lock.primary;
  const auto known = Metric::find(primary);
  std::vector<std::string> metrics = {primary};
  if (study.origin)
    metrics = first_of(study.origin->metrics, primary);
  else if (known)
    metrics = of_all_sets(*known, candidate_sets(study, *known));
  std::stable_partition(metrics.begin(), metrics.end(),
                        [](const std::string& metric) { return !is_sampled(metric); });
  return metrics;
}

}  // namespace pebench::report
