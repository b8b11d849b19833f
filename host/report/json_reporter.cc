#include "host/record/fields.h"
#include "host/report/reporter.h"

namespace pebench::report {
namespace {

template <class T>
nlohmann::json json_of(const std::optional<T>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json();
}

nlohmann::json json_of(const EncodingRow& row) {
  auto metrics = nlohmann::json::object();
  for (const auto& [key, spread] : row.metrics)
    metrics[key] = {
        {"seeds", spread.seeds}, {"mean", spread.mean}, {"standard_deviation", json_of(spread.deviation)}};
  return {{"encoding", row.encoding},
          {"ok", row.ok},
          {"failed", row.failed},
          {"missing", row.missing},
          {"metrics", metrics},
          {"parameters", json_of(row.parameters)},
          {"seconds_per_trial", json_of(row.seconds)}};
}

nlohmann::json json_of(const Group& group) {
  auto encodings = nlohmann::json::array();
  for (const EncodingRow& row : group.encodings) encodings.push_back(json_of(row));
  auto references = nlohmann::json::object();
  for (const ReferenceRow& row : group.references) references[row.name] = row.metrics;
  return {{"dataset", group.dataset},
          {"sweep", group.sweep},
          {"encodings", encodings},
          {"references", references}};
}

nlohmann::json json_of(const FailedTrial& failure) {
  return {{"id", failure.trial.id},
          {"dataset", failure.trial.dataset},
          {"encoding", failure.trial.encoding},
          {"sweep", failure.trial.sweep},
          {"seed", failure.trial.seed},
          {"status", record::name_of(failure.status)},
          {"reason", failure.reason}};
}

nlohmann::json json_of(const Overview& overview) {
  auto groups = nlohmann::json::array();
  for (const Group& group : overview.groups) groups.push_back(json_of(group));
  auto failures = nlohmann::json::array();
  for (const FailedTrial& failure : overview.failures) failures.push_back(json_of(failure));
  return {{"suite", overview.suite},
          {"baseline", overview.baseline},
          {"primary", overview.primary},
          {"groups", groups},
          {"failures", failures}};
}

}  // namespace

Reporter json_reporter() {
  return [](const std::vector<Overview>& overviews) {
    auto suites = nlohmann::json::array();
    for (const Overview& overview : overviews) suites.push_back(json_of(overview));
    return record::to_text({{"suites", suites}});
  };
}

}  // namespace pebench::report
