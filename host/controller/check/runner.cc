#include "host/controller/check/runner.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <deque>
#include <fstream>
#include <memory>

#include "host/base/scratch.h"
#include "host/contract/fields.h"
#include "host/process/child.h"
#include "host/process/job_loop.h"

namespace pebench::check {
namespace fs = std::filesystem;
namespace {

using process::Clock;

constexpr std::size_t most_lines = 8;

/// The end of a log, without control characters.
std::vector<std::string> last_lines(const fs::path& log) {
  constexpr std::streamoff most_read = 4096;
  std::ifstream in(log, std::ios::binary | std::ios::ate);
  if (!in) return {};
  const auto size = static_cast<std::streamoff>(in.tellg());
  in.seekg(std::max<std::streamoff>(0, size - most_read));
  std::deque<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    std::replace_if(
        line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    lines.push_back(line);
  }
  if (size > most_read && !lines.empty()) lines.pop_front();  // begins in the middle
  while (lines.size() > most_lines) lines.pop_front();
  return {lines.begin(), lines.end()};
}

/// A check whose process runs, with a folder for what the two programs tell each other.
class CheckProcess : public process::Job {
 public:
  CheckProcess(std::size_t index, const Task& task, fs::path folder, const RunnerOptions& options)
      : index_(index),
        task_(task),
        folder_(std::move(folder)),
        limit_(options.limit.value_or(task.row->limit)),
        child_(command(options.program)) {}

  std::size_t index() const { return index_; }

  bool has_ended() override { return child_.try_wait().has_value(); }
  void stop() override { child_.signal(SIGKILL); }
  void enforce_limits() override {
    if (timed_out_ || Clock::now() < start_ + limit_) return;
    timed_out_ = true;
    stop();
  }

  /// Of one that has ended.
  Result result() {
    const auto limit = timed_out_ ? std::optional(limit_) : std::nullopt;
    return {task_.row, finding_of(child_.try_wait()->wait_status, read_finding(folder_), limit),
            last_lines(log()), std::chrono::duration<double>(Clock::now() - start_).count()};
  }

 private:
  fs::path log() const { return folder_ / "log"; }

  process::Command command(const fs::path& program) const {
    const fs::path request = write_request(folder_, {std::string(task_.row->id), task_.subject});
    process::Command command;
    command.arguments = {program.string(), "--check", request.string()};
    command.environment = {{"OMP_NUM_THREADS", "1"}, {"OPENBLAS_NUM_THREADS", "1"}};
    command.log = log();
    return command;
  }

  std::size_t index_;
  const Task& task_;
  fs::path folder_;
  std::chrono::seconds limit_;
  Clock::time_point start_ = Clock::now();
  bool timed_out_ = false;
  process::Child child_;
};

class Runner : public process::JobLoop<CheckProcess> {
 public:
  Runner(const std::vector<Task>& tasks, fs::path scratch, const RunnerOptions& options,
         const Listener& listener)
      : JobLoop(options.workers),
        tasks_(tasks),
        scratch_(std::move(scratch)),
        options_(options),
        listener_(listener) {}

  Round run_all() {
    round_.results.resize(tasks_.size());
    round_.signal = run();
    return std::move(round_);
  }

 private:
  std::unique_ptr<CheckProcess> start_next() override {
    if (started_ == tasks_.size()) return nullptr;
    const std::size_t index = started_++;
    return std::make_unique<CheckProcess>(index, tasks_[index], scratch_ / std::to_string(index), options_);
  }

  void settle(CheckProcess& ended) override {
    if (stopping()) return;  // it was killed
    Result& result = round_.results[ended.index()];
    result = ended.result();
    listener_(++done_, tasks_.size(), result);
  }

  const std::vector<Task>& tasks_;
  fs::path scratch_;
  const RunnerOptions& options_;
  const Listener& listener_;
  std::size_t started_ = 0, done_ = 0;
  Round round_;
};

std::string signal_text(int number) { return fmt::format("signal {} ({})", number, ::strsignal(number)); }

}  // namespace

Finding finding_of(int wait_status, const std::optional<Finding>& written,
                   const std::optional<std::chrono::seconds>& broken_limit) {
  const bool ended_well = WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0;
  if (written && (ended_well || written->outcome == Outcome::fail)) return *written;
  const std::string when = written ? " as the program ended, after the check" : "";
  if (broken_limit)
    return {Outcome::timeout, fmt::format("it did not return within {} s{}", broken_limit->count(), when)};
  if (WIFSIGNALED(wait_status))
    return {Outcome::crash, fmt::format("it crashed, {}{}", signal_text(WTERMSIG(wait_status)), when)};
  return {Outcome::crash,
          fmt::format("it ended the program with exit code {}{}", WEXITSTATUS(wait_status), when)};
}

Round run_tasks(const std::vector<Task>& tasks, const RunnerOptions& options, const Listener& listener) {
  const base::ScratchFolder scratch("check");
  return Runner(tasks, scratch.path(), options, listener).run_all();
}

}  // namespace pebench::check
