#include "host/controller/run/local_launcher.h"

#include <csignal>

#include "host/contract/progress.h"

namespace pebench::run {
namespace {

class LocalTrial : public LaunchedTrial {
 public:
  LocalTrial(const process::Command& command, process::GroupMemory& memory)
      : child_(command), memory_(memory) {}

  int news_fd() const override { return child_.news_fd(); }
  std::string read_news() override { return child_.read_news(); }
  std::int64_t resident_bytes() const override { return memory_.of(child_.pid()); }
  void stop() override { child_.signal(SIGTERM); }
  void kill() override { child_.signal(SIGKILL); }
  std::optional<process::Exit> try_wait() override { return child_.try_wait(); }

 private:
  process::Child child_;
  process::GroupMemory& memory_;
};

}  // namespace

std::unique_ptr<LaunchedTrial> LocalLauncher::start(const contract::TrialSpec& trial,
                                                    const std::filesystem::path& trial_file,
                                                    const std::filesystem::path& log) {
  const std::string threads = std::to_string(trial.settings.train.threads);
  process::Command command;
  command.arguments = {program_.string(), trial_file.string()};
  command.environment = {{"OMP_NUM_THREADS", threads},
                         {"OPENBLAS_NUM_THREADS", threads},
                         {contract::progress_variable, std::to_string(process::pipe_fd)}};
  command.log = log;
  command.pipe = true;
  return std::make_unique<LocalTrial>(command, memory_);
}

}  // namespace pebench::run
