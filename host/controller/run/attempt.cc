#include "host/controller/run/attempt.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <fstream>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/contract/fields.h"
#include "host/contract/folder.h"
#include "host/contract/machine.h"
#include "host/contract/record.h"
#include "host/terminal/duration.h"

namespace pebench::run {
namespace fs = std::filesystem;
namespace {

constexpr int most_reads =
    16;  // at a time, so that a trial that never stops writing cannot hold up the others

fs::path prepared(const contract::TrialSpec& trial, const fs::path& trial_folder) {
  base::write_atomically(trial_folder / contract::trial_file, contract::json_text(trial.to_json()));
  return contract::make_attempt_folder(trial_folder);
}

std::vector<std::string> arguments(const fs::path& program, const fs::path& trial_folder,
                                   const fs::path& folder) {
  return {program.string(), (trial_folder / contract::trial_file).string(), "--attempt", folder.string()};
}

std::vector<std::pair<std::string, std::string>> environment(const contract::TrialSpec& trial) {
  std::string threads = std::to_string(trial.settings.train.threads);
  return {{"OMP_NUM_THREADS", threads}, {"OPENBLAS_NUM_THREADS", threads}};
}

}  // namespace

Attempt::Attempt(const contract::TrialSpec& trial, fs::path trial_folder, const fs::path& program)
    : trial_(trial),
      trial_folder_(std::move(trial_folder)),
      folder_(prepared(trial, trial_folder_)),
      child_(arguments(program, trial_folder_, folder_), environment(trial), "PEBENCH_PROGRESS_FD",
             folder_ / "log.txt") {}

double Attempt::seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

void Attempt::read_progress() {
  std::string events;
  char buffer[1 << 16];
  for (int reads = 0; progress_open_ && reads < most_reads; ++reads) {
    ssize_t size = ::read(child_.progress_fd(), buffer, sizeof buffer);
    if (size < 0) break;  // nothing more waits
    progress_open_ = size > 0;
    events += reader_.feed({buffer, static_cast<std::size_t>(size)});
  }
  if (events.empty()) return;
  seconds_at_progress_ = seconds();
  std::ofstream out(folder_ / "epochs.jsonl", std::ios::binary | std::ios::app);
  if (!out.write(events.data(), static_cast<std::streamsize>(events.size())).flush())
    throw base::InputError(
        fmt::format("cannot write {}: is the disk full?", (folder_ / "epochs.jsonl").string()));
}

void Attempt::stop() {
  child_.signal(SIGTERM);
  stopped_ = Clock::now();
}

void Attempt::enforce(const Limits& limits, std::int64_t resident_bytes) {
  if (stopped_) {
    if (Clock::now() - *stopped_ > std::chrono::duration<double>(limits.grace_seconds))
      child_.signal(SIGKILL);
    return;
  }
  if (limits.timeout_seconds && seconds() > *limits.timeout_seconds)
    broken_limit_ = Failure{
        contract::Status::timeout,
        fmt::format("stopped after {}, the limit of time", terminal::duration_text(*limits.timeout_seconds))};
  else if (limits.memory_bytes && resident_bytes > *limits.memory_bytes)
    broken_limit_ =
        Failure{contract::Status::out_of_memory,
                fmt::format("stopped at {:.2f} GiB, over the limit of memory of {:.2f} GiB",
                            std::ldexp(resident_bytes, -30), std::ldexp(*limits.memory_bytes, -30))};
  if (broken_limit_) stop();
}

void Attempt::interrupt() {
  if (interrupted_) {
    child_.signal(SIGKILL);
    return;
  }
  interrupted_ = true;
  stop();
}

std::optional<Attempt::End> Attempt::try_finish() {
  auto exit = child_.try_wait();
  if (!exit) return std::nullopt;
  read_progress();
  Outcome outcome =
      outcome_of_failure(*exit, broken_limit_, reader_.failure(), last_words(folder_ / "log.txt"));
  bool good = accept_record();
  if (good) {  // how its process ended after that changes nothing
    outcome.status = contract::Status::ok;
    outcome.reason.clear();
  } else if (interrupted_) {
    outcome.reason = "the run was interrupted";
  } else {
    write_record(outcome, *exit);
  }
  bool blameless = interrupted_ && !good;
  write_exit(blameless ? "interrupted" : contract::name_of(outcome.status), outcome, *exit);
  return End{blameless ? std::nullopt : std::optional(outcome), seconds()};
}

bool Attempt::accept_record() {
  fs::path path = trial_folder_ / contract::record_file;
  if (!base::exists(path)) return false;
  try {
    contract::Record record = contract::read_record(path);
    if (record.id == trial_.id()) return record.result.status == contract::Status::ok;
  } catch (const base::InputError&) {
  }
  fs::rename(path, folder_ / "rejected_record.json");
  return false;
}

void Attempt::write_exit(std::string_view status, const Outcome& outcome, const process::Exit& exit) const {
  nlohmann::json json = {
      {"status", status},
      {"reason", outcome.reason},
      {"signal", outcome.signal ? nlohmann::json(*outcome.signal) : nlohmann::json()},
      {"exit_code", outcome.exit_code ? nlohmann::json(*outcome.exit_code) : nlohmann::json()},
      {"seconds", seconds()},
      {"memory_peak_bytes", exit.memory_peak_bytes},
      {"started", contract::utc(started_)},
      {"finished", contract::utc(std::chrono::system_clock::now())},
      {"unreadable_progress_lines", reader_.unreadable_lines()}};
  base::write_atomically(folder_ / "exit.json", contract::json_text(json));
}

void Attempt::write_record(const Outcome& outcome, const process::Exit& exit) const {
  contract::Record record;
  record.id = trial_.id();
  record.identity = trial_.identity();
  record.result.status = outcome.status;
  record.result.reason = outcome.reason;
  record.result.signal = outcome.signal;
  record.run.suite = trial_.suite;
  record.run.dataset = trial_.dataset;
  record.run.encoding = trial_.encoding;
  record.run.sweep = trial_.sweep;
  record.run.seconds.total = seconds();
  record.run.memory_peak_bytes = exit.memory_peak_bytes;
  record.run.host = contract::host_name();
  record.run.started = contract::utc(started_);
  record.run.finished = contract::utc(std::chrono::system_clock::now());
  record.run.attempts = contract::count_attempts(trial_folder_);
  record.run.threads = trial_.settings.train.threads;
  contract::write_record(trial_folder_ / contract::record_file, record);
}

}  // namespace pebench::run
