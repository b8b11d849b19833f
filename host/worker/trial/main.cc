// pebench-trial: runs one trial and writes its record, or one check of a plugin. `pebench run` and `pebench
// check` start it; people rarely do.

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/refusal.h"
#include "host/contract/fields.h"
#include "host/contract/folder.h"
#include "host/contract/machine.h"
#include "host/worker/backbone/encoding.h"
#include "host/worker/check/check.h"
#include "host/worker/train/evaluation.h"
#include "host/worker/trial/environment.h"
#include "host/worker/trial/trial.h"

namespace {

using namespace pebench;

constexpr int exit_failed = 3, exit_bad_input = 2;

/// Lines of JSON on the descriptor that PEBENCH_PROGRESS_FD names; nothing without it.
class Progress {
 public:
  Progress() {
    if (const char* fd = std::getenv("PEBENCH_PROGRESS_FD")) fd_ = std::atoi(fd);
  }
  void operator()(const nlohmann::json& event) const {
    if (fd_ < 0) return;
    const std::string line = contract::dump(event) + "\n";
    // When the supervisor has gone, SIGPIPE ends this trial: the next run goes on from its checkpoint, and
    // nothing runs twice.
    if (::write(fd_, line.data(), line.size()) < 0) return;
  }

 private:
  int fd_ = -1;
};

int failed(const Progress& progress, const char* status, const std::string& reason, int code) {
  progress({{"event", "failed"}, {"status", status}, {"reason", reason}});
  std::fprintf(stderr, "pebench-trial: %s\n", reason.c_str());
  return code;
}

void run(const std::filesystem::path& trial_file, const Progress& progress) {
  const auto started = std::chrono::system_clock::now();
  if (trial::gemm_speed() < trial::slow_gemm)
    progress({{"event", "warning"},
              {"text", "matrix products are slow with " + trial::resolved_blas() +
                           ": install libopenblas0-pthread, training is many times faster with it"}});
  const auto spec =
      contract::TrialSpec::from_json(contract::parse_json(base::read_file(trial_file), trial_file.string()));
  const auto folder = base::absolute(trial_file).parent_path();
  const auto checkpoint = folder / "checkpoint.cbor";
  contract::Record record = trial::run(spec, checkpoint, progress);
  record.run.suite = spec.suite;
  record.run.dataset = spec.dataset;
  record.run.encoding = spec.encoding;
  record.run.sweep = spec.sweep;
  record.run.threads = spec.settings.train.threads;
  record.run.started = contract::utc(started);
  record.run.finished = contract::utc(std::chrono::system_clock::now());
  record.run.attempts = contract::count_attempts(folder);
  trial::describe_environment(record.run);
  contract::write_record(folder / contract::record_file, record);
  std::filesystem::remove(checkpoint);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Runs one trial of a suite and writes record.json beside its trial.json.", "pebench-trial");
  app.footer("Example:\n  pebench-trial results/quick/trials/ab/abcd.../trial.json");
  std::string trial_file, attempt, check_request;
  auto* work = app.add_option_group("work")->require_option(1);
  work->add_option("trial", trial_file, "The trial's trial.json")->check(CLI::ExistingFile);
  work->add_option("--check", check_request, "Runs a check of a plugin instead, as this file asks")
      ->check(CLI::ExistingFile);
  app.add_option("--attempt", attempt, "Folder for what this attempt leaves behind");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : exit_bad_input;
  }
  const Progress progress;
  try {
    if (check_request.empty())
      run(trial_file, progress);
    else
      check::run_request(check_request);
    return 0;
  } catch (const train::NotFinite& error) {
    return failed(progress, "invalid", error.what(), exit_failed);
  } catch (const backbone::EncodingError& error) {
    return failed(progress, "failed", error.what(), exit_failed);
  } catch (const base::InputError& error) {
    return failed(progress, "failed", error.what(), exit_bad_input);
  } catch (const c10::Error& error) {
    return failed(progress, "failed", error.what_without_backtrace(), exit_failed);
  } catch (const std::exception& error) {
    return failed(progress, "failed", base::ending_of(error).sentence, exit_failed);
  }
}
