#include "host/controller/run/supervisor.h"

#include <fmt/format.h>

#include <deque>
#include <map>
#include <memory>
#include <set>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/contract/damaged.h"
#include "host/contract/whole_record.h"
#include "host/controller/run/attempt.h"
#include "host/controller/run/estimate.h"
#include "host/process/job_loop.h"

namespace pebench::run {
namespace {

using contract::Status;
using contract::TrialSpec;

class Supervisor : public process::JobLoop<Attempt> {
 public:
  Supervisor(const contract::SuiteFolder& folder, Launcher& launcher, const Options& options,
             Display& display)
      : JobLoop(options.limits.workers),
        folder_(folder),
        launcher_(launcher),
        options_(options),
        display_(display) {}

  Tally supervise(const std::vector<TrialSpec>& trials) {
    sort_out(trials);
    tally_.signal = run();
    return tally_;
  }

 private:
  void sort_out(const std::vector<TrialSpec>& trials) {
    std::set<std::string> ids;
    for (const TrialSpec& trial : trials)
      if (ids.insert(trial.id()).second) sort_out(trial);
    tally_.total = static_cast<int>(ids.size());
    if (tally_.ok > 0)
      display_.note(fmt::format("{} of {} trials are done already", tally_.ok, tally_.total));
    if (tally_.failed > 0)
      display_.note(fmt::format("{} of {} trials failed earlier; --retry failed runs them again",
                                tally_.failed, tally_.total));
  }

  void sort_out(const TrialSpec& trial) {
    const std::filesystem::path path = folder_.record(trial.id());
    if (!base::exists(path)) {
      waiting_.push_back(&trial);
      return;
    }
    try {
      count_earlier(trial, contract::read_whole_record(folder_, trial.id()));
    } catch (const contract::Damaged& damage) {
      put_aside(trial, damage.what());
      waiting_.push_back(&trial);
    }
  }

  void count_earlier(const TrialSpec& trial, const contract::Record& record) {
    if (record.result.status == Status::ok)
      count_good(trial);
    else if (options_.retry_failed)
      waiting_.push_back(&trial);
    else
      ++tally_.failed;
  }

  /// A trial's damaged record and what belongs to it, so that it can be run again.
  void put_aside(const TrialSpec& trial, const std::string& why) {
    const auto record = contract::put_aside(folder_.record(trial.id()));
    for (const char* name : contract::kept_files) {
      const auto file = folder_.trial(trial.id()) / name;
      if (base::exists(file)) contract::put_aside(file);
    }
    display_.note(fmt::format("warning: {}. {} is run again; what was there is kept as {}", why,
                              name_of(trial), record.string()));
  }

  std::unique_ptr<Attempt> start_next() override {
    if (waiting_.empty()) return nullptr;
    const TrialSpec& trial = *waiting_.front();
    waiting_.pop_front();
    return std::make_unique<Attempt>(trial, folder_.trial(trial.id()), options_.limits, launcher_);
  }

  void signalled() override { display_.note(options_.on_signal); }

  void tick() override {
    for (const auto& attempt : running()) pass_on_warnings(*attempt);
    display_.draw(snapshot());
  }

  // Each warning once, however many trials have it.
  void pass_on_warnings(Attempt& attempt) {
    for (const std::string& warning : attempt.take_warnings())
      if (warned_.insert(warning).second) display_.note("warning: " + warning);
  }

  void settle(Attempt& ended) override {
    const double seconds = ended.seconds();
    const auto ending = ended.settle();
    pass_on_warnings(ended);
    if (ending && !start_again(ended.trial(), *ending)) count(ended.trial(), *ending, seconds);
  }

  bool start_again(const TrialSpec& trial, const Ending& ending) {
    if (ending.status != Status::crashed || stopping() || retries_[&trial] >= options_.limits.retries)
      return false;
    ++retries_[&trial];
    waiting_.push_front(&trial);
    display_.note(fmt::format("{} crashed and is started again: {}", name_of(trial), ending.reason));
    return true;
  }

  void count_good(const TrialSpec& trial) {
    ++tally_.ok;
    if (options_.standing) standing_ = options_.standing(trial);
  }

  void count(const TrialSpec& trial, const Ending& ending, double seconds) {
    if (ending.status == Status::ok) {
      count_good(trial);
      estimate_.add(trial, seconds);
    } else {
      ++tally_.failed;
    }
    display_.ended(trial, ending, seconds, snapshot());
    if (ending.status != Status::ok && options_.fail_fast && !stopping()) {
      display_.note("stopping at the first failure, as --fail-fast asks");
      stop();
    }
  }

  Snapshot snapshot() const {
    Snapshot now;
    now.total = tally_.total;
    now.done = tally_.ok + tally_.failed;
    now.failed = tally_.failed;
    std::vector<Estimate::Running> estimated;
    for (const auto& one : running()) {
      now.running.push_back({&one->trial(), one->progress()});
      estimated.push_back(
          {&one->trial(), one->seconds(), one->progress().fraction, one->seconds_at_progress()});
    }
    now.seconds_left =
        estimate_.seconds_left({waiting_.begin(), waiting_.end()}, estimated, options_.limits.workers);
    now.standing = standing_;
    return now;
  }

  const contract::SuiteFolder& folder_;
  Launcher& launcher_;
  const Options& options_;
  Display& display_;
  std::deque<const TrialSpec*> waiting_;
  std::map<const TrialSpec*, int> retries_;  // so far
  Tally tally_;
  Estimate estimate_;
  std::set<std::string> warned_;
  std::string standing_;
};

}  // namespace

Tally run_trials(const std::vector<TrialSpec>& trials, const ExclusiveFolder& folder, Launcher& launcher,
                 const Options& options, Display& display) {
  return Supervisor(folder.folder(), launcher, options, display).supervise(trials);
}

}  // namespace pebench::run
