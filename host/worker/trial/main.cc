// pebench-trial: runs one trial and writes its record, or one check of a plugin, or measures what encodings
// cost. `pebench run` and `pebench check` start it; people rarely do.

#include <CLI/CLI.hpp>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <string>
#include <string_view>
#include <variant>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/machine.h"
#include "host/base/refusal.h"
#include "host/contract/exit_code.h"
#include "host/contract/fields.h"
#include "host/contract/folder.h"
#include "host/contract/progress.h"
#include "host/worker/backbone/encoding.h"
#include "host/worker/check/check.h"
#include "host/worker/speed/speed.h"
#include "host/worker/train/evaluation.h"
#include "host/worker/trial/blas_kernels.h"
#include "host/worker/trial/environment.h"
#include "host/worker/trial/trial.h"

namespace {

using namespace pebench;

using contract::Status;

/// Writes events for whoever started this trial, if somebody listens, and warnings into its log.
class EventWriter {
 public:
  EventWriter() {
    const char* variable = std::getenv(contract::progress_variable);
    const std::string_view text = variable != nullptr ? variable : "";
    std::from_chars(text.data(), text.data() + text.size(), fd_);
  }
  void operator()(const contract::ProgressEvent& event) const {
    if (const auto* warning = std::get_if<contract::WarningEvent>(&event))
      std::fprintf(stderr, "pebench-trial: warning: %s\n", warning->text.c_str());
    // When the supervisor has gone, SIGPIPE ends this trial: the next run goes on from its checkpoint, and
    // nothing runs twice.
    if (fd_ >= 0) base::write_all(fd_, contract::to_line(event));
  }

 private:
  int fd_ = -1;
};

int failed(const EventWriter& tell, Status status, const std::string& reason, int code) {
  tell(contract::Failure{status, reason});
  std::fprintf(stderr, "pebench-trial: %s\n", reason.c_str());
  return code;
}

// LibTorch tells it by its words alone: "DefaultCPUAllocator: can't allocate memory", "CUDA out of memory".
bool is_lack_of_memory(const std::string& words) {
  return words.find("can't allocate memory") != std::string::npos ||
         words.find("not enough memory") != std::string::npos ||
         words.find("out of memory") != std::string::npos;
}

void run(const std::filesystem::path& trial_file, const EventWriter& tell) {
  const auto started = std::chrono::system_clock::now();
  if (trial::gemm_speed() < trial::slow_gemm)
    tell(contract::WarningEvent{"matrix products are slow with " + trial::resolved_blas() +
                                ": install libopenblas0-pthread, training is many times faster with it"});
  const auto spec = contract::read_trial(trial_file);
  const auto folder = base::absolute(trial_file).parent_path();
  const auto checkpoint = folder / contract::checkpoint_file;
  auto [record, ranks, recommendations] = trial::run(spec, checkpoint, tell);
  record.run.suite = spec.suite;
  record.run.dataset = spec.dataset;
  record.run.encoding = spec.encoding;
  record.run.sweep = spec.sweep;
  record.run.threads = spec.settings.train.threads;
  record.run.started = base::utc(started);
  record.run.finished = base::utc(std::chrono::system_clock::now());
  record.run.attempts = contract::count_attempts(folder);
  trial::describe_environment(record.run);
  if (ranks) contract::write_ranks(folder / contract::ranks_file, *ranks);
  if (recommendations)
    contract::write_recommendations(folder / contract::recommendations_file, *recommendations);
  contract::write_record(folder / contract::record_file, record);
  std::filesystem::remove(checkpoint);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Runs one trial of a suite and writes record.json beside its trial.json.", "pebench-trial");
  app.footer("Example:\n  pebench-trial results/quick/trials/ab/abcd.../trial.json");
  std::string trial_file, check_request, speed_request;
  auto* work = app.add_option_group("work")->require_option(1);
  work->add_option("trial", trial_file, "The trial's trial.json")->check(CLI::ExistingFile);
  work->add_option("--check", check_request, "Runs a check of a plugin instead, as this file asks")
      ->check(CLI::ExistingFile);
  work->add_option("--speed", speed_request, "Measures trials' speed instead, as this file asks")
      ->check(CLI::ExistingFile);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : contract::exit_bad_input;
  }
  if (check_request.empty()) trial::restart_with_better_kernels(argv);  // checks multiply small matrices
  const EventWriter tell;
  try {
    if (!check_request.empty())
      check::run_request(check_request);
    else if (speed_request.empty())
      run(trial_file, tell);
    else
      speed::run_request(speed_request,
                         {[&](double fraction) { tell(contract::EvaluateEvent{fraction}); },
                          [&](const std::string& text) { tell(contract::WarningEvent{text}); }});
    return 0;
  } catch (const train::NotFinite& error) {
    return failed(tell, Status::invalid, error.what(), contract::exit_failed);
  } catch (const backbone::EncodingError& error) {
    return failed(tell, Status::failed, error.what(), contract::exit_failed);
  } catch (const base::InputError& error) {
    return failed(tell, Status::bad_input, error.what(), contract::exit_bad_input);
  } catch (const std::bad_alloc&) {
    return failed(tell, Status::out_of_memory, "the machine had no more memory", contract::exit_failed);
  } catch (const c10::Error& error) {
    const std::string words = error.what_without_backtrace();
    return failed(tell, is_lack_of_memory(words) ? Status::out_of_memory : Status::failed, words,
                  contract::exit_failed);
  } catch (const std::exception& error) {
    return failed(tell, Status::failed, base::refusal_of(error).sentence, contract::exit_failed);
  }
}
