#include "host/controller/cli/replayed.h"

#include <fmt/format.h>

#include <cstdio>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/scratch.h"
#include "host/contract/trial_spec.h"
#include "host/contract/whole_record.h"
#include "host/controller/cli/limits.h"
#include "host/controller/plan/plan.h"
#include "host/controller/report/outcome.h"
#include "host/controller/results/suite_lock.h"
#include "host/controller/run/local_launcher.h"
#include "host/controller/run/supervisor.h"
#include "host/controller/run/trial_program.h"
#include "host/controller/suite/suite.h"

namespace pebench::cli {
namespace {

/// Whether such an end tells of the circumstances of a trial and not of its numbers.
bool circumstantial(contract::Status status) {
  return status == contract::Status::failed || status == contract::Status::timeout ||
         status == contract::Status::out_of_memory || status == contract::Status::bad_input;
}

/// What it needs lies where it lay. That it is unchanged is seen to by the trial itself.
bool is_here(const contract::TrialSpec& trial) {
  return base::exists(trial.data_folder) && base::exists(trial.library);
}

/// The same trial as this machine plans it: results travel, and with them the paths of another one. Plugins
/// are built anew there, and need not be the same to the byte; all else that the numbers depend on has to be.
contract::TrialSpec planned_here(const contract::TrialSpec& recorded, const suite::Suite& suite) {
  if (recorded.sweep.contains("configuration"))
    throw base::InputError(
        fmt::format("trial {:.12} is one of a tuning, which draws its settings, and its paths are not here: "
                    "`pebench tune` runs "
                    "the same trials again",
                    recorded.id()));
  const auto encodings = plan::describe_encodings(suite);
  for (contract::TrialSpec& trial : plan::make_plan(suite, plan::open_datasets(suite), encodings)) {
    if (trial.dataset != recorded.dataset || trial.encoding != recorded.encoding ||
        trial.sweep != recorded.sweep || trial.seed != recorded.seed)
      continue;
    nlohmann::json now = trial.identity(), then = recorded.identity();
    if (now["encoder"]["library"] != then["encoder"]["library"])
      fmt::print(stderr, "the plugin {} is another file here than the one that the trial was run with\n",
                 trial.library.string());
    now["encoder"].erase("library");
    then["encoder"].erase("library");
    if (now == then) return trial;
    const auto change = nlohmann::json::diff(then, now).front();
    throw base::InputError(fmt::format("trial {:.12} cannot be run again here: {} is another one ({})",
                                       recorded.id(), change.at("path").get<std::string>().substr(1),
                                       change.dump()));
  }
  throw base::InputError(fmt::format(
      "trial {:.12} cannot be run again: the suite in the lock beside it plans no such trial any more",
      recorded.id()));
}

/// "Haswell" of "/usr/lib/x86_64-linux-gnu/libopenblas.so.0 (Haswell)"
std::string kernels_of(const std::string& blas) {
  const auto from = blas.rfind('('), to = blas.rfind(')');
  return from == std::string::npos || to < from ? "as there" : blas.substr(from + 1, to - from - 1);
}

}  // namespace

Replayed::Outcome Replayed::outcome() const {
  const results::Agreement agreement = results::agreement_of(before, now);
  if (!agreement.difference) return Outcome::same;
  if (agreement.agrees()) return Outcome::within_tolerance;
  return agreement.same_fingerprint ? Outcome::different : Outcome::not_told;
}

std::string Replayed::text() const {
  const results::Agreement agreement = results::agreement_of(before, now);
  const std::string trial = fmt::format("trial {:.12}", before.id);
  if (!agreement.difference) return trial + ": same, to the bit";
  std::string where = agreement.difference->text();
  if (!agreement.same_fingerprint)
    where += fmt::format("; computed with {} and {}, relative difference {:.2g}, tolerance {:g}",
                         results::fingerprint_of(before.run).text(), results::fingerprint_of(now.run).text(),
                         agreement.difference->relative, results::tolerance);
  switch (outcome()) {
    case Outcome::within_tolerance:
      return fmt::format("{}: same, within the tolerance: {}", trial, where);
    case Outcome::not_told:
      return fmt::format(
          "{}: cannot be told: {}. Only the same arithmetic tells: a machine and LibTorch like those, and of "
          "OpenBLAS the same kernels, OPENBLAS_CORETYPE={}",
          trial, where, kernels_of(before.run.blas));
    default:
      return fmt::format("{}: different: {}", trial, where);
  }
}

int exit_code_of(Replayed::Outcome outcome) {
  if (outcome == Replayed::Outcome::different) return 1;
  return outcome == Replayed::Outcome::not_told ? 2 : 0;
}

Replayed replay(const contract::SuiteFolder& suite_folder, const std::string& id) {
  Replayed replayed;
  replayed.before = contract::read_whole_record(suite_folder, id);
  const auto lock = suite_folder.lock();
  const suite::Suite suite = suite::parse_suite(results::read_lock(lock).text, lock);
  contract::TrialSpec trial = contract::read_trial(suite_folder.trial(id) / contract::trial_file);
  if (!is_here(trial)) trial = planned_here(trial, suite);

  run::LocalLauncher launcher(run::trial_program());
  run::Options options;
  options.limits = limits_of(suite.limits);
  options.limits.retries = 0;
  options.on_signal = "stopping; of what is run again nothing is kept";

  base::ScratchFolder scratch("replay");  // results that nobody keeps
  run::ExclusiveFolder exclusive{contract::SuiteFolder(scratch.path())};
  {
    auto display = run::make_display(stderr);
    replayed.signal = run::run_trials({trial}, exclusive, launcher, options, *display).signal;
  }
  if (replayed.signal != 0) return replayed;
  replayed.now = contract::read_whole_record(exclusive.folder(), trial.id());
  if (replayed.now.result.status != replayed.before.result.status &&
      (circumstantial(replayed.now.result.status) ||
       report::outcome_of(replayed.now.result) == report::Outcome::stopped))
    throw base::InputError(
        fmt::format("trial {:.12} cannot be run again: {}", id, replayed.now.result.reason));
  return replayed;
}

}  // namespace pebench::cli
