#include "host/controller/run/supervisor.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <deque>
#include <memory>
#include <set>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/controller/run/attempt.h"
#include "host/controller/run/estimate.h"
#include "host/process/memory.h"
#include "host/process/signals.h"

namespace pebench::run {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds tick{200};  // between looks at the limits, and between drawings

class Supervisor {
 public:
  Supervisor(const contract::SuiteFolder& folder, const Options& options, Display& display)
      : folder_(folder), options_(options), display_(display) {}

  Tally run(const std::vector<contract::TrialSpec>& trials) {
    sort_out(trials);
    for (;;) {
      while (!stopping_ && !waiting_.empty() &&
             running_.size() < static_cast<std::size_t>(options_.limits.workers))
        start_next();
      if (running_.empty()) return tally_;
      wait();
      answer_signals();
      finish_ended();
      if (Clock::now() >= next_tick_) {
        enforce_limits();
        display_.draw(snapshot());
        next_tick_ = Clock::now() + tick;
      }
    }
  }

 private:
  struct Waiting {
    const contract::TrialSpec* trial;
    int retries;
  };
  struct Running {
    std::unique_ptr<Attempt> attempt;
    int retries;
  };

  void sort_out(const std::vector<contract::TrialSpec>& trials) {
    std::set<std::string> ids;
    for (const contract::TrialSpec& trial : trials) {
      std::string id = trial.id();
      if (!ids.insert(id).second) continue;
      ++tally_.total;
      std::filesystem::path path = folder_.record(id);
      if (!base::exists(path)) {
        waiting_.push_back({&trial, options_.limits.retries});
        continue;
      }
      contract::Record record = contract::read_record(path);
      if (record.id != id)
        throw base::InputError(fmt::format("{} is the record of another trial, {}; delete it to run this one",
                                           path.string(), record.id));
      if (record.result.status == contract::Status::ok)
        ++tally_.ok;
      else if (options_.retry_failed)
        waiting_.push_back({&trial, options_.limits.retries});
      else
        ++tally_.failed;
    }
    if (tally_.ok > 0)
      display_.note(fmt::format("{} of {} trials are done already", tally_.ok, tally_.total));
    if (tally_.failed > 0)
      display_.note(fmt::format("{} of {} trials failed earlier; --retry failed runs them again",
                                tally_.failed, tally_.total));
  }

  void start_next() {
    Waiting next = waiting_.front();
    waiting_.pop_front();
    running_.push_back(
        {std::make_unique<Attempt>(*next.trial, folder_.trial(next.trial->id()), options_.program),
         next.retries});
  }

  // Until a signal, news from a trial, or the next tick.
  void wait() {
    std::vector<pollfd> watched = {{signals_.fd(), POLLIN, 0}};
    for (const Running& running : running_)
      if (running.attempt->progress_open()) watched.push_back({running.attempt->progress_fd(), POLLIN, 0});
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(next_tick_ - Clock::now());
    ::poll(watched.data(), watched.size(), static_cast<int>(std::max<std::int64_t>(0, left.count() + 1)));
    for (Running& running : running_) running.attempt->read_progress();
  }

  // Each warning once, however many trials have it.
  void pass_on_warnings(Attempt& attempt) {
    for (const std::string& warning : attempt.take_warnings())
      if (warned_.insert(warning).second) display_.note("warning: " + warning);
  }

  void answer_signals() {
    while (int signal = signals_.next()) {
      if (signal == SIGCHLD) continue;
      if (tally_.signal == 0) {
        tally_.signal = signal;
        display_.note(
            "stopping the running trials; what is done is kept, and the same command goes on from here");
      }
      stop_all();
    }
  }

  void stop_all() {
    stopping_ = true;
    for (Running& running : running_) running.attempt->interrupt();
  }

  void finish_ended() {
    for (std::size_t i = 0; i < running_.size();) {
      auto end = running_[i].attempt->try_finish();
      pass_on_warnings(*running_[i].attempt);
      if (!end) {
        ++i;
        continue;
      }
      Running ended = std::move(running_[i]);
      running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(i));
      if (end->outcome) settle(ended, *end->outcome, end->seconds);
    }
  }

  void settle(const Running& ended, const Outcome& outcome, double seconds) {
    const contract::TrialSpec& trial = ended.attempt->trial();
    bool again = outcome.status == contract::Status::crashed && ended.retries > 0 && !stopping_;
    if (again) {
      waiting_.push_front({&trial, ended.retries - 1});
      display_.note(fmt::format("{} crashed and is started again: {}", name_of(trial), outcome.reason));
      return;
    }
    if (outcome.status == contract::Status::ok) {
      ++tally_.ok;
      estimate_.add(trial, seconds);
    } else {
      ++tally_.failed;
    }
    display_.ended(trial, outcome, seconds, snapshot());
    if (outcome.status != contract::Status::ok && options_.fail_fast && !stopping_) {
      display_.note("stopping at the first failure, as --fail-fast asks");
      stop_all();
    }
  }

  void enforce_limits() {
    std::map<pid_t, std::int64_t> resident;
    if (options_.limits.memory_bytes) resident = process::resident_bytes_by_group();
    for (Running& running : running_)
      running.attempt->enforce(options_.limits, resident[running.attempt->group()]);
  }

  Snapshot snapshot() const {
    Snapshot now;
    now.total = tally_.total;
    now.done = tally_.ok + tally_.failed;
    now.failed = tally_.failed;
    std::vector<Estimate::Running> running;
    for (const Running& one : running_) {
      now.running.push_back({&one.attempt->trial(), one.attempt->progress()});
      running.push_back({&one.attempt->trial(), one.attempt->seconds(), one.attempt->progress().fraction,
                         one.attempt->seconds_at_progress()});
    }
    std::vector<const contract::TrialSpec*> waiting;
    for (const Waiting& one : waiting_) waiting.push_back(one.trial);
    now.seconds_left = estimate_.seconds_left(waiting, running, options_.limits.workers);
    return now;
  }

  const contract::SuiteFolder& folder_;
  const Options& options_;
  Display& display_;
  process::SignalQueue signals_;
  std::deque<Waiting> waiting_;
  std::vector<Running> running_;
  Tally tally_;
  Estimate estimate_;
  std::set<std::string> warned_;
  bool stopping_ = false;
  Clock::time_point next_tick_ = Clock::now();
};

}  // namespace

Tally run_trials(const std::vector<contract::TrialSpec>& trials, const ExclusiveFolder& folder,
                 const Options& options, Display& display) {
  return Supervisor(folder.folder(), options, display).run(trials);
}

}  // namespace pebench::run
