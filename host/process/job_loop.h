#pragma once

#include <chrono>
#include <csignal>
#include <memory>
#include <vector>

#include "host/process/signals.h"
#include "host/process/wait.h"

namespace pebench::process {

/// Work of a child process, which has been started. Destroying a job kills what still runs of it.
class Job {
 public:
  virtual ~Job() = default;

  /// Whether its process has ended, after which nothing of it runs.
  virtual bool has_ended() = 0;
  /// Asks it to end; called again, makes it end.
  virtual void stop() = 0;
  /// Stops it if it is over one of its limits.
  virtual void enforce_limits() = 0;

  /// Can be read when the job has news; -1 when it has none to give.
  virtual int news_fd() const { return -1; }
  virtual void take_news() {}
};

/// The loop over jobs: starts them in their order, so many side by side, takes their news, keeps them to
/// their limits and takes leave of those that have ended. At Ctrl-C, SIGTERM and SIGHUP it starts nothing
/// more and stops what runs. AJob is a Job.
template <class AJob>
class JobLoop {
 public:
  virtual ~JobLoop() = default;
  JobLoop(const JobLoop&) = delete;
  JobLoop& operator=(const JobLoop&) = delete;

 protected:
  explicit JobLoop(int side_by_side) : side_by_side_(static_cast<std::size_t>(side_by_side)) {}

  /// Until nothing waits and nothing runs. Returns the signal that ended it early, or 0.
  int run() {
    for (;;) {
      start_waiting();
      if (running_.empty()) return signal_;
      wait();
      for (const auto& job : running_) job->take_news();
      answer_signals();
      settle_ended();
      if (Clock::now() < next_tick_) continue;
      for (const auto& job : running_) job->enforce_limits();
      tick();
      next_tick_ = Clock::now() + between_ticks;
    }
  }

  /// In the order in which they were started.
  const std::vector<std::unique_ptr<AJob>>& running() const { return running_; }

  /// Starts nothing more and stops what runs.
  void stop() {
    stopping_ = true;
    for (const auto& job : running_) job->stop();
  }
  bool stopping() const { return stopping_; }

 private:
  static constexpr std::chrono::milliseconds between_ticks{200};

  /// Starts the next job; nothing if none waits.
  virtual std::unique_ptr<AJob> start_next() = 0;
  /// What is to be done for a job that has ended and no longer runs. It may bring others to wait.
  virtual void settle(AJob& ended) = 0;
  /// Called at the first signal, before the jobs are stopped.
  virtual void signalled() {}
  /// Called several times a second.
  virtual void tick() {}

  void start_waiting() {
    while (!stopping_ && running_.size() < side_by_side_) {
      auto job = start_next();
      if (!job) return;
      running_.push_back(std::move(job));
    }
  }

  void wait() const {
    std::vector<int> fds = {signals_.fd()};
    for (const auto& job : running_) fds.push_back(job->news_fd());
    wait_for_news(fds, next_tick_);
  }

  void answer_signals() {
    while (const int signal = signals_.next()) {
      if (signal == SIGCHLD) continue;
      if (signal_ == 0) {
        signal_ = signal;
        signalled();
      }
      stop();
    }
  }

  void settle_ended() {
    for (std::size_t i = 0; i < running_.size();) {
      if (!running_[i]->has_ended()) {
        ++i;
        continue;
      }
      const std::unique_ptr<AJob> ended = std::move(running_[i]);
      running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(i));
      settle(*ended);
    }
  }

  std::size_t side_by_side_;
  SignalQueue signals_;
  std::vector<std::unique_ptr<AJob>> running_;
  Clock::time_point next_tick_ = Clock::now();
  int signal_ = 0;
  bool stopping_ = false;
};

}  // namespace pebench::process
