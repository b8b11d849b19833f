#include "host/controller/watch/work.h"

#include <signal.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <set>

#include "host/base/file.h"
#include "host/base/machine.h"
#include "host/contract/progress.h"
#include "host/controller/report/outcome.h"

namespace pebench::watch {
namespace fs = std::filesystem;
namespace {

/// Whether the run that made an attempt's folder, <utc>-<host>-<pid>[-n], is still there.
bool is_of_living_run(const std::string& name) {
  const std::string host = "-" + base::host_name() + "-";
  const auto place = name.find(host);
  if (place == std::string::npos) return false;
  int pid = 0;
  const char* begin = name.data() + place + host.size();
  std::from_chars(begin, name.data() + name.size(), pid);
  return pid > 0 && ::kill(pid, 0) == 0;
}

/// The attempt that has not ended; nothing where none is at work.
std::optional<fs::path> attempt_at_work(const fs::path& trial_folder) {
  std::error_code none;
  std::optional<fs::path> newest;
  for (const auto& entry : fs::directory_iterator(trial_folder / contract::attempts_folder, none)) {
    const fs::path& path = entry.path();
    if (fs::exists(path / contract::exit_file, none) || !is_of_living_run(path.filename().string())) continue;
    if (!newest || newest->filename() < path.filename()) newest = path;
  }
  return newest;
}

RunningTrial read_events(const results::LockedTrial& trial, const fs::path& attempt) {
  RunningTrial running{trial, 0, {}};
  std::ifstream events(attempt / contract::events_file);
  for (std::string line; std::getline(events, line);) {
    const auto event = contract::progress_event(line);
    if (!event) continue;
    if (const auto* epoch = std::get_if<contract::EpochEvent>(&*event)) {
      if (std::isfinite(epoch->select))
        running.validation.emplace_back(static_cast<double>(epoch->epoch), epoch->select);
      if (std::isfinite(epoch->fraction)) running.fraction = std::max(running.fraction, epoch->fraction);
    } else if (const auto* evaluated = std::get_if<contract::EvaluateEvent>(&*event)) {
      if (std::isfinite(evaluated->fraction))
        running.fraction = std::max(running.fraction, evaluated->fraction);
    }
  }
  running.fraction = std::min(1.0, running.fraction);
  return running;
}

}  // namespace

Work work_in(const contract::SuiteFolder& folder, const report::Study& study) {
  Work work;
  const auto records = report::records_of(study);
  double seconds = 0;
  std::set<std::string> seen;  // trials of one id run once
  for (const results::LockedTrial& trial : study.lock.trials) {
    if (!seen.insert(trial.id).second) continue;
    ++work.planned;
    const auto record = records.find(trial.id);
    if (record != records.end()) {
      ++work.done;
      if (record->second->result.status != contract::Status::ok) ++work.failed;
      seconds += record->second->run.seconds.total;
    } else if (const auto attempt = attempt_at_work(folder.trial(trial.id))) {
      work.running.push_back(read_events(trial, *attempt));
    }
  }
  if (work.done == 0 || work.running.empty()) return work;
  auto left = static_cast<double>(work.planned - work.done);
  for (const RunningTrial& trial : work.running) left -= trial.fraction;
  work.seconds_left =
      left * seconds / static_cast<double>(work.done) / static_cast<double>(work.running.size());
  return work;
}

}  // namespace pebench::watch
