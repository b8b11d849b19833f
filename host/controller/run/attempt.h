#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/contract/trial_spec.h"
#include "host/controller/run/limits.h"
#include "host/controller/run/outcome.h"
#include "host/controller/run/progress.h"
#include "host/process/child.h"

namespace pebench::run {

/// One start of a trial's program, with its folder attempts/<utc>-<host>-<pid>[-n]. When it has ended,
/// exit.json says how; a trial that went badly has then a record.json, which the trial itself writes when it
/// goes well.
class Attempt {
 public:
  /// Writes trial.json and starts the program. Throws InputError if that fails. `trial` must outlive this.
  Attempt(const contract::TrialSpec& trial, std::filesystem::path trial_folder,
          const std::filesystem::path& program);

  const contract::TrialSpec& trial() const { return trial_; }
  const std::filesystem::path& folder() const { return folder_; }
  const Progress& progress() const { return reader_.progress(); }
  pid_t group() const { return child_.pid(); }
  int progress_fd() const { return child_.progress_fd(); }
  /// False once the pipe has been closed at its other end.
  bool progress_open() const { return progress_open_; }
  /// Since its start.
  double seconds() const;
  /// From its start to the last news of its progress.
  double seconds_at_progress() const { return seconds_at_progress_; }

  /// Takes what waits in the pipe into epochs.jsonl.
  void read_progress();

  std::vector<std::string> take_warnings() { return reader_.take_warnings(); }

  /// Stops the trial if it is over a limit, and kills it if it outlives the grace period after a stop.
  void enforce(const Limits& limits, std::int64_t resident_bytes);

  /// Stops the trial without blaming it; called again, kills it.
  void interrupt();

  struct End {
    std::optional<Outcome> outcome;  ///< nothing if interrupted
    double seconds = 0;
  };
  /// How it ended, once it has. Throws InputError if exit.json or the record cannot be written.
  std::optional<End> try_finish();

 private:
  using Clock = std::chrono::steady_clock;

  void stop();
  /// Whether the record there is good. What is no record of this trial goes to the attempt's folder.
  bool accept_record();
  void write_exit(std::string_view status, const Outcome& outcome, const process::Exit& exit) const;
  void write_record(const Outcome& outcome, const process::Exit& exit) const;

  const contract::TrialSpec& trial_;
  std::filesystem::path trial_folder_;
  std::filesystem::path folder_;
  std::chrono::system_clock::time_point started_ = std::chrono::system_clock::now();
  Clock::time_point start_ = Clock::now();
  process::Child child_;
  ProgressReader reader_;
  bool progress_open_ = true;
  double seconds_at_progress_ = 0;
  std::optional<Failure> broken_limit_;
  std::optional<Clock::time_point> stopped_;
  bool interrupted_ = false;
};

}  // namespace pebench::run
