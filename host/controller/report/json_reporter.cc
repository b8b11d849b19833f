#include "host/contract/fields.h"
#include "host/controller/report/json_statistics.h"
#include "host/controller/report/mixture.h"
#include "host/controller/report/reporter.h"

namespace pebench::report {
namespace {

/// Raised whenever a key goes, or what it holds changes; report.schema.json describes this one.
constexpr int schema = 2;

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
          {"measured", row.measured},
          {"failed", row.failed},
          {"stopped", row.stopped},
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
          {"outcome", failure.outcome == Outcome::failed ? "failed" : "stopped"},
          {"status", contract::name_of(failure.status)},
          {"reason", failure.reason}};
}

nlohmann::json json_of(const DamagedTrial& damaged) {
  return {{"id", damaged.trial.id},
          {"dataset", damaged.trial.dataset},
          {"encoding", damaged.trial.encoding},
          {"sweep", damaged.trial.sweep},
          {"seed", damaged.trial.seed},
          {"reason", damaged.what}};
}

template <class T>
nlohmann::json list_of(const std::vector<T>& values) {
  auto list = nlohmann::json::array();
  for (const T& value : values) list.push_back(json_of(value));
  return list;
}

nlohmann::json json_of(const std::optional<Origin>& origin) {
  if (!origin) return nullptr;
  auto files = nlohmann::json::array();
  for (const Origin::File& file : origin->files)
    files.push_back({{"name", file.name}, {"sha256", file.sha256}});
  return {{"files", files}, {"metrics", origin->metrics}, {"notes", origin->notes}};
}

nlohmann::json json_of(const SuiteReport& report) {
  const results::SuiteLock& lock = report.study.lock;
  return {{"suite", lock.suite},
          {"origin", json_of(report.study.origin)},
          {"baseline", lock.baseline},
          {"primary", lock.primary},
          {"alpha", lock.judgement.alpha},
          {"equivalence_share", json_of(lock.judgement.equivalence_share)},
          {"lower_is_better", lock.judgement.lower_is_better},
          {"confidence", confidence},
          {"later_seeds", lock.later_seeds},
          {"warnings", lock.warnings},
          {"groups", list_of(report.overview.groups)},
          {"analyses", json_of(report.analyses)},
          {"users", json_of(report.users)},
          {"carry_overs", json_of(report.carry_overs)},
          {"churns", json_of(report.churns)},
          {"prices", json_of(report.prices)},
          {"user_sides", json_of(report.user_sides)},
          {"attributions", json_of(report.attributions)},
          {"claims", json_of(report.claims)},
          {"known_answers", json_of(report.known_answers)},
          {"failures", list_of(report.overview.failures)},
          {"damaged", list_of(report.study.damaged)},
          {"mixtures", list_of(mixtures_of(report.study))}};
}

}  // namespace

Reporter json_reporter() {
  return [](const std::vector<SuiteReport>& reports) {
    auto suites = nlohmann::json::array();
    for (const SuiteReport& report : reports) suites.push_back(json_of(report));
    return contract::json_text({{"schema", schema}, {"suites", suites}});
  };
}

}  // namespace pebench::report
