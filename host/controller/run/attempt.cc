#include "host/controller/run/attempt.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/machine.h"
#include "host/contract/fields.h"
#include "host/contract/folder.h"
#include "host/contract/record.h"
#include "host/contract/whole_record.h"
#include "host/terminal/duration.h"

namespace pebench::run {
namespace fs = std::filesystem;
namespace {

fs::path prepared(const contract::TrialSpec& trial, const fs::path& trial_folder) {
  contract::write_trial(trial_folder / contract::trial_file, trial);
  return contract::make_attempt_folder(trial_folder);
}

template <class T>
nlohmann::json json_of(const std::optional<T>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json();
}

}  // namespace

Attempt::Attempt(const contract::TrialSpec& trial, fs::path trial_folder, const Limits& limits,
                 Launcher& launcher)
    : trial_(trial),
      trial_folder_(std::move(trial_folder)),
      limits_(limits),
      folder_(prepared(trial, trial_folder_)),
      launched_(launcher.start(trial, trial_folder_ / contract::trial_file, folder_ / contract::log_file)) {}

double Attempt::seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

bool Attempt::has_ended() {
  const auto exit = launched_->try_wait();
  if (exit) exit_ = *exit;
  return exit.has_value();
}

void Attempt::take_news() {
  const std::string events = reader_.feed(launched_->read_news());
  if (events.empty()) return;
  seconds_at_progress_ = seconds();
  const fs::path path = folder_ / contract::events_file;
  std::ofstream out(path, std::ios::binary | std::ios::app);
  if (!out.write(events.data(), static_cast<std::streamsize>(events.size())).flush())
    throw base::InputError(fmt::format("cannot write {}: is the disk full?", path.string()));
}

void Attempt::ask_to_end() {
  launched_->stop();
  asked_to_end_ = Clock::now();
}

void Attempt::enforce_limits() {
  if (asked_to_end_) {
    if (Clock::now() - *asked_to_end_ > std::chrono::duration<double>(limits_.grace_seconds))
      launched_->kill();
    return;
  }
  using contract::Status;
  if (limits_.timeout_seconds && seconds() > *limits_.timeout_seconds) {
    broken_limit_ = {Status::timeout, fmt::format("stopped after {}, the limit of time",
                                                  terminal::duration_text(*limits_.timeout_seconds))};
  } else if (limits_.memory_bytes) {
    const std::int64_t resident = launched_->resident_bytes();
    if (resident > *limits_.memory_bytes)
      broken_limit_ = {Status::out_of_memory,
                       fmt::format("stopped at {:.2f} GiB, over the limit of memory of {:.2f} GiB",
                                   std::ldexp(resident, -30), std::ldexp(*limits_.memory_bytes, -30))};
  }
  if (broken_limit_) ask_to_end();
}

void Attempt::stop() {
  if (interrupted_) {
    launched_->kill();
    return;
  }
  interrupted_ = true;
  ask_to_end();
}

std::optional<Ending> Attempt::settle() {
  take_news();
  Ending ending =
      ending_of_failure(exit_, broken_limit_, reader_.failure(), last_words(folder_ / contract::log_file));
  const bool good = accept_record();
  const bool blameless = interrupted_ && !good;
  if (good) {  // how its process ended after that changes nothing
    ending.status = contract::Status::ok;
    ending.reason.clear();
  } else if (blameless) {
    ending.reason = "the run was interrupted";
  } else {
    write_record(ending);
  }
  write_exit(blameless ? "interrupted" : contract::name_of(ending.status), ending);
  return blameless ? std::nullopt : std::optional(ending);
}

bool Attempt::accept_record() const {
  const fs::path path = trial_folder_ / contract::record_file;
  if (!base::exists(path)) return false;
  try {
    const contract::Record record = contract::read_record(path);
    if (record.id == trial_.id()) {
      contract::check_files_beside(path, record);
      return record.result.status == contract::Status::ok;
    }
  } catch (const base::InputError&) {
  }
  std::error_code error;
  fs::rename(path, folder_ / contract::rejected_record_file, error);
  if (error)
    throw base::InputError(fmt::format("{} is no record of this trial and cannot be put aside: {}; delete it",
                                       path.string(), error.message()));
  return false;
}

void Attempt::write_exit(std::string_view status, const Ending& ending) const {
  const nlohmann::json json = {{"status", status},
                               {"reason", ending.reason},
                               {"signal", json_of(ending.signal)},
                               {"exit_code", json_of(ending.exit_code)},
                               {"seconds", seconds()},
                               {"memory_peak_bytes", exit_.memory_peak_bytes},
                               {"started", base::utc(started_)},
                               {"finished", base::utc(std::chrono::system_clock::now())},
                               {"unreadable_progress_lines", reader_.unreadable_lines()}};
  base::write_atomically(folder_ / contract::exit_file, contract::json_text(json));
}

void Attempt::write_record(const Ending& ending) const {
  contract::Record record;
  record.id = trial_.id();
  record.identity = trial_.identity();
  record.result.status = ending.status;
  record.result.reason = ending.reason;
  record.result.signal = ending.signal;
  record.run.suite = trial_.suite;
  record.run.dataset = trial_.dataset;
  record.run.encoding = trial_.encoding;
  record.run.sweep = trial_.sweep;
  record.run.seconds.total = seconds();
  record.run.memory_peak_bytes = exit_.memory_peak_bytes;
  record.run.host = base::host_name();
  record.run.started = base::utc(started_);
  record.run.finished = base::utc(std::chrono::system_clock::now());
  record.run.attempts = contract::count_attempts(trial_folder_);
  record.run.threads = trial_.settings.train.threads;
  contract::write_record(trial_folder_ / contract::record_file, record);
}

}  // namespace pebench::run
