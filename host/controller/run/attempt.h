#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/contract/trial_spec.h"
#include "host/controller/run/ending.h"
#include "host/controller/run/launcher.h"
#include "host/controller/run/limits.h"
#include "host/controller/run/progress.h"
#include "host/process/job_loop.h"

namespace pebench::run {

/// One start of a trial's program, with its folder attempts/<utc>-<host>-<pid>[-n]. When it has ended,
/// exit.json says how; a trial that went badly has then a record.json, which the trial itself writes when it
/// goes well.
class Attempt : public process::Job {
 public:
  /// Writes trial.json and starts the program. Throws InputError if that fails. All but the path must outlive
  /// this.
  Attempt(const contract::TrialSpec& trial, std::filesystem::path trial_folder, const Limits& limits,
          Launcher& launcher);

  const contract::TrialSpec& trial() const { return trial_; }
  const Progress& progress() const { return reader_.progress(); }
  /// Since its start.
  double seconds() const;
  /// From its start to the last news of its progress.
  double seconds_at_progress() const { return seconds_at_progress_; }
  std::vector<std::string> take_warnings() { return reader_.take_warnings(); }

  bool has_ended() override;
  /// Without blaming it.
  void stop() override;
  /// Stops the trial if it is over a limit, and kills it if it outlives the grace period after a stop.
  void enforce_limits() override;
  int news_fd() const override { return launched_->news_fd(); }
  /// Puts its events into epochs.jsonl. Throws InputError if that cannot be written.
  void take_news() override;

  /// For one that has ended: writes exit.json, and the record of a trial that went badly. Nothing if it was
  /// stopped without blame. Throws InputError if either cannot be written.
  std::optional<Ending> settle();

 private:
  using Clock = std::chrono::steady_clock;

  void ask_to_end();
  /// Whether the record there is good and has its ranks. What is no record of this trial goes to the
  /// attempt's folder.
  bool accept_record() const;
  void write_exit(std::string_view status, const Ending& ending) const;
  void write_record(const Ending& ending) const;

  const contract::TrialSpec& trial_;
  std::filesystem::path trial_folder_;
  const Limits& limits_;
  std::filesystem::path folder_;
  std::chrono::system_clock::time_point started_ = std::chrono::system_clock::now();
  Clock::time_point start_ = Clock::now();
  std::unique_ptr<LaunchedTrial> launched_;
  ProgressReader reader_;
  double seconds_at_progress_ = 0;
  std::optional<contract::Failure> broken_limit_;
  std::optional<Clock::time_point> asked_to_end_;
  bool interrupted_ = false;
  process::Exit exit_;
};

}  // namespace pebench::run
