#include "host/controller/claims/observations.h"

#include <fmt/format.h>

#include <limits>

#include "host/base/error.h"
#include "host/contract/metric.h"

namespace pebench::claims {
namespace {

/// The metric that `quantity` reads when the claim is about `metric`: hr@5(abs) about "test.full.ndcg@10"
/// reads "test.full.hr@5".
std::string metric_of(const Quantity& quantity, const std::string& metric) {
  switch (quantity.function) {
    case Function::hr:
      return contract::Metric::parse(metric).with("hr", quantity.k).name();
    case Function::ndcg:
      return contract::Metric::parse(metric).with("ndcg", quantity.k).name();
    default:
      return metric;
  }
}

double finished_value(const Trial& trial, const std::string& metric, const Quantity& quantity,
                      const Observations& observations) {
  const auto found = trial.metrics.find(metric);
  if (found == trial.metrics.end())
    throw base::InputError(
        fmt::format("the claim needs {}, which the trials of \"{}\" on {} did not measure; add it to the "
                    "suite's [eval] and "
                    "[protocol] and run them again, or take another metric",
                    metric, quantity.encoding, observations.dataset));
  return found->second;
}

void add_metrics(const Term& term, const std::string& metric, std::set<std::string>& names) {
  if (const auto* quantity = std::get_if<Quantity>(&term.value))
    names.insert(metric_of(*quantity, metric));
  else if (const auto* operation = std::get_if<Operation>(&term.value))
    for (const Term& operand : operation->operands) add_metrics(operand, metric, names);
}

void add_metrics(const Sentence& sentence, const std::string& metric, std::set<std::string>& names) {
  if (const auto* comparison = std::get_if<Comparison>(&sentence.value)) {
    add_metrics(comparison->left, metric, names);
    add_metrics(comparison->right, metric, names);
  } else {
    for (const Sentence& part : std::get<Combination>(sentence.value).parts) add_metrics(part, metric, names);
  }
}

}  // namespace

std::vector<double> series(const Quantity& quantity, const std::string& metric,
                           const Observations& observations) {
  std::vector<double> values(observations.seeds, std::numeric_limits<double>::quiet_NaN());
  const auto trials = observations.trials.find(quantity.encoding);
  if (trials == observations.trials.end()) return values;
  const std::string name = metric_of(quantity, metric);
  for (std::size_t s = 0; s < observations.seeds; ++s) {
    const std::optional<Trial>& trial = trials->second[s];
    if (!trial) continue;
    if (quantity.function == Function::failure_rate)
      values[s] = trial->failed ? 1 : 0;
    else if (!trial->failed || trial->metrics.count(name) != 0)
      values[s] = finished_value(*trial, name, quantity, observations);
  }
  return values;
}

std::set<std::string> metrics_of(const Sentence& claim, const std::string& metric) {
  std::set<std::string> names;
  add_metrics(claim, metric, names);
  return names;
}

}  // namespace pebench::claims
