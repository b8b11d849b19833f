#include "host/controller/check/runner.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <deque>
#include <fstream>
#include <memory>

#include "host/base/file.h"
#include "host/base/scratch.h"
#include "host/contract/fields.h"
#include "host/process/child.h"
#include "host/process/signals.h"

namespace pebench::check {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;

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

/// A job whose process runs, with a folder for what the two programs tell each other.
class Running {
 public:
  Running(std::size_t index, const Job& job, fs::path folder, const RunnerOptions& options)
      : index_(index),
        job_(job),
        folder_(std::move(folder)),
        limit_(options.limit.value_or(job.row->limit)),
        child_({options.program.string(), "--check", written_request().string()},
               {{"OMP_NUM_THREADS", "1"}, {"OPENBLAS_NUM_THREADS", "1"}}, "", folder_ / "log") {}

  std::size_t index() const { return index_; }
  Clock::time_point deadline() const { return start_ + limit_; }

  void enforce_limit() {
    if (timed_out_ || Clock::now() < deadline()) return;
    timed_out_ = true;
    child_.signal(SIGKILL);
  }

  std::optional<Result> try_finish() {
    const auto exit = child_.try_wait();
    if (!exit) return std::nullopt;
    const auto limit = timed_out_ ? std::optional(limit_) : std::nullopt;
    return Result{job_.row, finding_of(exit->wait_status, written_finding(), limit),
                  last_lines(folder_ / "log"), std::chrono::duration<double>(Clock::now() - start_).count()};
  }

 private:
  fs::path written_request() const {
    const nlohmann::json request = Request{std::string(job_.row->id), job_.subject, folder_ / "finding.json"};
    base::write_atomically(folder_ / "request.json", contract::json_text(request));
    return folder_ / "request.json";
  }

  std::optional<Finding> written_finding() const {
    const fs::path path = folder_ / "finding.json";
    if (!base::exists(path)) return std::nullopt;
    return nlohmann::json::parse(base::read_file(path)).get<Finding>();
  }

  std::size_t index_;
  const Job& job_;
  fs::path folder_;
  std::chrono::seconds limit_;
  Clock::time_point start_ = Clock::now();
  bool timed_out_ = false;
  process::Child child_;
};

/// Until a child ends, a signal comes, or the first limit is reached.
void wait(const process::SignalQueue& signals, const std::vector<std::unique_ptr<Running>>& running) {
  auto first = Clock::now() + std::chrono::seconds(1);
  for (const auto& one : running) first = std::min(first, one->deadline());
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(first - Clock::now()).count();
  pollfd watched{signals.fd(), POLLIN, 0};
  ::poll(&watched, 1, static_cast<int>(std::max<std::int64_t>(1, left + 1)));
}

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

Run run_jobs(const std::vector<Job>& jobs, const RunnerOptions& options, const Listener& listener) {
  const base::ScratchFolder scratch("check");
  process::SignalQueue signals;
  std::vector<std::unique_ptr<Running>> running;  // destroyed first: kills what still runs
  Run run;
  run.results.resize(jobs.size());
  std::size_t started = 0, done = 0;
  while (done < jobs.size()) {
    while (started < jobs.size() && running.size() < static_cast<std::size_t>(options.workers)) {
      const fs::path folder = scratch.path() / std::to_string(started);
      fs::create_directory(folder);
      running.push_back(std::make_unique<Running>(started, jobs[started], folder, options));
      ++started;
    }
    wait(signals, running);
    while (const int signal = signals.next()) {
      if (signal == SIGCHLD) continue;
      run.signal = signal;
      return run;
    }
    for (auto one = running.begin(); one != running.end();) {
      (*one)->enforce_limit();
      auto result = (*one)->try_finish();
      if (!result) {
        ++one;
        continue;
      }
      run.results[(*one)->index()] = *result;
      one = running.erase(one);
      listener(++done, jobs.size(), *result);
    }
  }
  return run;
}

}  // namespace pebench::check
