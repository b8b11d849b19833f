#include "host/controller/export/mlflow.h"

#include <fmt/format.h>

#include <cctype>
#include <cerrno>
#include <ctime>
#include <fstream>
#include <string>

#include "host/base/hash.h"
#include "host/base/refusal.h"
#include "host/contract/fields.h"
#include "host/controller/export/settings.h"

namespace pebench::exporting {
namespace {

namespace fs = std::filesystem;

// Of MLflow's RunStatus.
constexpr int finished = 3, failed = 4;
constexpr int local_source = 4;  // of its SourceType

/// Without waiting for the disk: a trial has a hundred files, and the records are still where they were.
void write(const fs::path& path, const std::string& content) {
  std::ofstream file(path, std::ios::binary);
  file << content;
  file.close();
  if (!file) base::refuse("write", path, {errno, std::generic_category()});
}

/// A name that MLflow takes, in its own way: "test.uniform_100.ndcg_at_10".
std::string name_of(std::string_view key) {
  std::string name;
  for (const char c : key) {
    if (c == '@')
      name += "_at_";
    else
      name += std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' || c == '_' ? c : '_';
  }
  return name;
}

/// Milliseconds since 1970 of "2026-05-14T10:15:30Z"; nothing where a trial could not tell.
std::optional<std::int64_t> milliseconds(const std::string& utc) {
  std::tm time{};
  if (::strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%SZ", &time) == nullptr) return std::nullopt;
  return std::int64_t{1000} * ::timegm(&time);
}

/// An address of a path (RFC 8089), what is not plain in hexadecimal digits.
std::string address_of(const fs::path& path) {
  std::string address = "file://";
  for (const char c : path.string()) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || std::string_view("/-._~").find(c) != std::string_view::npos)
      address += c;
    else
      address += fmt::format("%{:02X}", byte);
  }
  return address;
}

/// A document of YAML, of which JSON's values are a part.
std::string yaml_of(const nlohmann::json& fields) {
  std::string text;
  for (const auto& [key, value] : fields.items()) text += fmt::format("{}: {}\n", key, contract::dump(value));
  return text;
}

template <class T>
nlohmann::json json_of(const std::optional<T>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json();
}

/// As MLflow numbers experiments, by so many digits that one can be put beside others.
std::string experiment_id(const std::string& suite) {
  return fmt::format("{:018}", std::stoull(base::sha256(suite).substr(0, 14), nullptr, 16));
}

/// Of a planned trial: 32 hexadecimal digits. A trial's own id can be that of two encodings, or of two
/// suites.
std::string run_id(const std::string& suite, const results::LockedTrial& trial) {
  const nlohmann::json place = {suite, trial.dataset, trial.encoding, trial.sweep, trial.seed, trial.id};
  return base::sha256(contract::dump(place)).substr(0, 32);
}

std::string run_name(const results::LockedTrial& trial) {
  return fmt::format("{}, {}, seed {}", report::title_of(trial.dataset, trial.sweep), trial.encoding,
                     trial.seed);
}

class Run {
 public:
  Run(fs::path folder, const contract::Record& record) : folder_(std::move(folder)), record_(record) {
    for (const char* part : {"metrics", "params", "tags", "artifacts"})
      fs::create_directories(folder_ / part);
    time_ = milliseconds(record.run.finished).value_or(0);
  }

  void write_meta(const std::string& experiment, const results::LockedTrial& trial,
                  const std::string& artifacts) const {
    write(folder_ / "meta.yaml",
          yaml_of({{"artifact_uri", artifacts},
                   {"end_time", json_of(milliseconds(record_.run.finished))},
                   {"entry_point_name", ""},
                   {"experiment_id", experiment},
                   {"lifecycle_stage", "active"},
                   {"run_id", folder_.filename().string()},
                   {"run_name", run_name(trial)},
                   {"run_uuid", folder_.filename().string()},
                   {"source_name", ""},
                   {"source_type", local_source},
                   {"source_version", ""},
                   {"start_time", json_of(milliseconds(record_.run.started))},
                   {"status", record_.result.status == contract::Status::ok ? finished : failed},
                   {"tags", nlohmann::json::array()},
                   {"user_id", "pebench"}}));
  }

  void write_params(const results::LockedTrial& trial) const {
    for (const auto& [key, value] : settings_of(record_.identity)) param(key, plain(value));
    for (const auto& [key, value] : trial.sweep.items()) param(key, plain(value));
    param("dataset", trial.dataset);
    param("encoding", trial.encoding);
  }

  void write_tags(const results::LockedTrial& trial) const {
    tag("mlflow.runName", run_name(trial));
    tag("mlflow.source.git.commit", record_.run.commit);
    tag("pebench.trial", record_.id);
    tag("pebench.status", std::string(contract::name_of(record_.result.status)));
    if (!record_.result.reason.empty()) tag("pebench.reason", record_.result.reason);
    for (const auto& [key, text] : {std::pair("host", record_.run.host),
                                    {"cpu", record_.run.cpu},
                                    {"blas", record_.run.blas},
                                    {"libtorch", record_.run.libtorch}})
      tag(fmt::format("pebench.{}", key), text);
  }

  void write_metrics() const {
    const contract::Result& result = record_.result;
    const std::int64_t step = result.chosen_epoch.value_or(0);
    for (const auto& [name, value] : result.metrics) metric(name, line(value, step));
    for (const auto& [name, value] : result.chance) metric("chance." + name, line(value, step));
    for (const auto& [baseline, metrics] : result.baselines)
      for (const auto& [name, value] : metrics) metric(baseline + "." + name, line(value, step));
    metric("seconds", line(record_.run.seconds.total, step));
    metric("memory_peak_bytes", line(static_cast<double>(record_.run.memory_peak_bytes), step));
    metric("parameters", line(static_cast<double>(result.parameters.total), step));
    write_epochs();
  }

 private:
  /// MLflow shows a metric's last step, which is not the chosen epoch: so these have names of their own.
  void write_epochs() const {
    std::map<std::string, std::string> histories;
    for (const contract::Epoch& epoch : record_.result.epochs) {
      histories["epoch.loss"] += line(epoch.loss, epoch.epoch);
      histories["epoch.gradient_norm"] += line(epoch.gradient_norm, epoch.epoch);
      histories["epoch.oscillation"] += line(epoch.oscillation, epoch.epoch);
      for (const auto& [name, value] : epoch.validation)
        histories["epoch." + name] += line(value, epoch.epoch);
    }
    for (const auto& [name, history] : histories) metric(name, history);
  }

  /// A value at a step. Records have one time, when the trial was finished.
  std::string line(double value, std::int64_t step) const {
    return fmt::format("{} {} {}\n", time_, value, step);
  }

  void metric(const std::string& name, const std::string& lines) const {
    write(folder_ / "metrics" / name_of(name), lines);
  }
  void param(const std::string& name, const std::string& value) const {
    write(folder_ / "params" / name_of(name), value);
  }
  void tag(const std::string& name, const std::string& value) const { write(folder_ / "tags" / name, value); }

  fs::path folder_;
  const contract::Record& record_;
  std::int64_t time_;  ///< milliseconds since 1970
};

}  // namespace

void write_mlflow(const std::vector<Source>& sources, const fs::path& folder, const fs::path& place,
                  const std::function<void()>& on_trial) {
  for (const auto& [suite_folder, study] : sources) {
    const std::string& suite = study.lock.suite;
    const std::string experiment = experiment_id(suite);
    const std::string address = address_of(place / experiment);
    fs::create_directories(folder / experiment);
    write(folder / experiment / "meta.yaml", yaml_of({{"artifact_location", address},
                                                      {"experiment_id", experiment},
                                                      {"lifecycle_stage", "active"},
                                                      {"name", suite}}));
    const auto records = report::records_of(study);
    for (const results::LockedTrial& trial : study.lock.trials) {
      on_trial();
      const auto found = records.find(trial.id);
      if (found == records.end()) continue;
      const std::string id = run_id(suite, trial);
      const Run run(folder / experiment / id, *found->second);
      run.write_meta(experiment, trial, fmt::format("{}/{}/artifacts", address, id));
      run.write_params(trial);
      run.write_tags(trial);
      run.write_metrics();
    }
  }
}

}  // namespace pebench::exporting
