#include "host/controller/report/metric_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "host/contract/metric.h"

namespace pebench::report {
namespace {

using contract::Metric;

// "uniform:100" in words; sizes may be "L" and "L-1".
std::string describe_candidates(const std::string& set) {
  if (set == "full") return "the target against all other items";
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

}  // namespace

std::string measure_name(const std::string& metric) {
  const auto known = Metric::find(metric);
  if (!known) return metric;
  std::string name = known->measure_name();
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
  return name;
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
  if (study.origin) return first_of(study.origin->metrics, primary);
  const auto known = Metric::find(primary);
  if (!known) return {primary};
  const std::int64_t k = known->k.value_or(10);
  std::vector<std::string> metrics = {known->with("hr", k).name(), known->with("ndcg", k).name()};
  if (std::find(metrics.begin(), metrics.end(), primary) == metrics.end()) metrics.push_back(primary);
  return metrics;
}

}  // namespace pebench::report
