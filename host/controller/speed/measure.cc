#include "host/controller/speed/measure.h"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <optional>

#include "host/base/file.h"
#include "host/base/scratch.h"
#include "host/contract/damaged.h"
#include "host/contract/folder.h"
#include "host/contract/progress.h"
#include "host/contract/speed_record.h"
#include "host/controller/run/ending.h"
#include "host/controller/run/progress.h"
#include "host/process/child.h"
#include "host/process/job_loop.h"
#include "host/terminal/duration.h"

namespace pebench::speed {
namespace {

using process::Clock;

/// A plugin that answered in training and now no longer does.
constexpr std::chrono::minutes longest_silence{10};

/// The measurement of a group, at work.
class Measurement : public process::Job {
 public:
  Measurement(const Group& group, std::filesystem::path folder, const std::filesystem::path& program)
      : group_(group), folder_(std::move(folder)), child_(command(program)) {}

  const Group& group() const { return group_; }
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }
  double fraction() const { return reader_.progress().fraction; }
  bool has_told() const { return last_news_ != start_; }

  bool has_ended() override {
    if (!child_.try_wait()) return false;
    take_news();
    return true;
  }
  void stop() override { child_.signal(SIGKILL); }
  void enforce_limits() override {
    if (limit_ || Clock::now() < last_news_ + longest_silence) return;
    limit_ = contract::Failure{contract::Status::timeout,
                               fmt::format("nothing was heard of it for {} min", longest_silence.count())};
    stop();
  }
  int news_fd() const override { return child_.news_fd(); }
  void take_news() override {
    const std::string news = child_.read_news();
    if (news.empty()) return;
    last_news_ = Clock::now();
    reader_.feed(news);
  }

  std::vector<std::string> warnings() { return reader_.take_warnings(); }

  /// Of one that has ended: why there is no measurement; nothing where there is one.
  std::optional<std::string> failure() {
    const process::Exit& exit = *child_.try_wait();
    if (exit.wait_status == 0 && base::exists(group_.request.measurement)) return std::nullopt;
    return run::ending_of_failure(exit, limit_, reader_.failure(), run::last_words(log())).reason;
  }

 private:
  std::filesystem::path log() const { return folder_ / "log"; }

  process::Command command(const std::filesystem::path& program) const {
    // As they are planned here: the records may be of another machine, where data lie elsewhere.
    contract::SpeedRequest asked = group_.request;
    for (const contract::TrialSpec& trial : group_.trials) {
      asked.trials.push_back(folder_ / (trial.id() + ".json"));
      contract::write_trial(asked.trials.back(), trial);
    }
    const auto request = folder_ / "request.json";
    contract::write_speed_request(request, asked);
    const std::string threads = std::to_string(group_.trials.front().settings.train.threads);
    process::Command command;
    command.arguments = {program.string(), "--speed", request.string()};
    command.environment = {{"OMP_NUM_THREADS", threads},
                           {"OPENBLAS_NUM_THREADS", threads},
                           {contract::progress_variable, std::to_string(process::pipe_fd)}};
    command.log = log();
    command.pipe = true;
    return command;
  }

  const Group& group_;
  std::filesystem::path folder_;
  Clock::time_point start_ = Clock::now(), last_news_ = start_;
  process::Child child_;
  run::ProgressReader reader_;
  std::optional<contract::Failure> limit_;
};

class Measurer : public process::JobLoop<Measurement> {
 public:
  Measurer(const std::vector<const Group*>& waiting, std::filesystem::path scratch,
           const std::filesystem::path& program, std::FILE* file)
      : JobLoop(/*side_by_side=*/1),
        waiting_(waiting),
        scratch_(std::move(scratch)),
        program_(program),
        file_(file),
        redraws_(::isatty(::fileno(file)) != 0) {}

  Outcome measure_all() {
    outcome_.signal = run();
    return std::move(outcome_);
  }

 private:
  std::unique_ptr<Measurement> start_next() override {
    if (started_ == waiting_.size()) return nullptr;
    const std::size_t index = started_++;
    return std::make_unique<Measurement>(*waiting_[index], scratch_ / std::to_string(index), program_);
  }

  void settle(Measurement& ended) override {
    if (stopping()) return;
    const auto failure = ended.failure();
    for (const std::string& warning : ended.warnings())
      outcome_.failures.push_back(
          fmt::format("the cost of encodings on {}: {}", ended.group().title, warning));
    say(ended,
        failure ? "not measured" : fmt::format("measured in {}", terminal::duration_text(ended.seconds())),
        "\n");
    if (failure)
      outcome_.failures.push_back(fmt::format("the cost of encodings on {} could not be measured: {}",
                                              ended.group().title, *failure));
  }

  void tick() override {
    if (!redraws_) return;
    for (const auto& job : running()) {
      std::string how_far = "building the models";
      if (job->has_told() && job->fraction() > 0)
        how_far = fmt::format("{:.0f} %, {} left", 100 * job->fraction(),
                              terminal::duration_text(job->seconds() * (1 / job->fraction() - 1)));
      say(*job, how_far, "");
    }
  }

  void signalled() override {
    fmt::print(file_, "{}stopping; what is measured to the end is kept\n", redraws_ ? "\n" : "");
  }

  void say(const Measurement& job, const std::string& what, const char* end) {
    fmt::print(file_, "{}[speed {}/{}] {}, {} encodings: {}{}", redraws_ ? "\r\033[K" : "", started_,
               waiting_.size(), job.group().title, job.group().trials.size(), what, end);
    std::fflush(file_);
  }

  const std::vector<const Group*>& waiting_;
  std::filesystem::path scratch_;
  const std::filesystem::path& program_;
  std::FILE* file_;
  bool redraws_;
  std::size_t started_ = 0;
  Outcome outcome_;
};

/// A file that is damaged is put aside.
bool is_measured(const Group& group, std::FILE* file) {
  const auto& path = group.request.measurement;
  if (!base::exists(path)) return false;
  try {
    contract::read_speed_record(path).timings(path.string());
    return true;
  } catch (const contract::Damaged& damage) {
    fmt::print(file, "warning: {}. It is measured again; what was there is kept as {}\n", damage.what(),
               contract::put_aside(path).string());
    return false;
  }
}

}  // namespace

Outcome measure(const std::vector<Group>& groups, const std::filesystem::path& program, std::FILE* file) {
  std::vector<const Group*> waiting;
  for (const Group& group : groups)
    if (!is_measured(group, file)) waiting.push_back(&group);
  const base::ScratchFolder scratch("speed");
  return Measurer(waiting, scratch.path(), program, file).measure_all();
}

}  // namespace pebench::speed
