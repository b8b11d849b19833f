#include "host/controller/cli/verb_replay.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/scratch.h"
#include "host/contract/folder.h"
#include "host/contract/trial_spec.h"
#include "host/contract/whole_record.h"
#include "host/controller/cli/limits.h"
#include "host/controller/plan/plan.h"
#include "host/controller/results/agreement.h"
#include "host/controller/results/suite_lock.h"
#include "host/controller/run/local_launcher.h"
#include "host/controller/run/supervisor.h"
#include "host/controller/run/trial_program.h"
#include "host/controller/suite/suite.h"

namespace pebench::cli {
namespace fs = std::filesystem;
namespace {

/// A trial among results.
struct Found {
  contract::SuiteFolder suite;
  std::string id;
};

Found find_trial(const std::string& prefix, const fs::path& results) {
  std::vector<Found> found;
  for (const contract::SuiteFolder& suite : contract::find_suites(results))
    for (const std::string& id : contract::trial_ids(suite))
      if (id.rfind(prefix, 0) == 0) found.push_back({suite, id});
  if (found.empty())
    throw base::InputError(
        fmt::format("no trial in {} has an id that begins with {}: `pebench report` names failed ones, "
                    "`pebench plan` all",
                    results.string(), prefix));
  if (found.size() > 1)
    throw base::InputError(fmt::format("{} trials in {} have an id that begins with {}: write more of it",
                                       found.size(), results.string(), prefix));
  return found.front();
}

/// Whether such an end tells of the circumstances of a trial and not of its numbers.
bool circumstantial(contract::Status status) {
  return status == contract::Status::failed || status == contract::Status::timeout ||
         status == contract::Status::out_of_memory || status == contract::Status::bad_input;
}

int tell(const contract::Record& before, const contract::Record& now) {
  results::Agreement agreement = results::agreement_of(before, now);
  std::string trial = fmt::format("trial {:.12}", before.id);
  if (!agreement.difference) {
    fmt::print("{}: same, to the bit\n", trial);
    return 0;
  }
  std::string where = agreement.difference->text();
  if (!agreement.same_fingerprint)
    where += fmt::format("; computed with {} and {}, relative difference {:.2g}, tolerance {:g}",
                         results::fingerprint_of(before.run).text(), results::fingerprint_of(now.run).text(),
                         agreement.difference->relative, results::tolerance);
  fmt::print("{}: {}: {}\n", trial, agreement.agrees() ? "same, within the tolerance" : "different", where);
  return agreement.agrees() ? 0 : 1;
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

int replay(const std::string& prefix, const fs::path& results) {
  Found found = find_trial(prefix, results);
  contract::Record before = contract::read_whole_record(found.suite, found.id);
  const fs::path lock = found.suite.lock();
  const suite::Suite suite = suite::parse_suite(results::read_lock(lock).text, lock);
  contract::TrialSpec trial = contract::read_trial(found.suite.trial(found.id) / contract::trial_file);
  if (!is_here(trial)) trial = planned_here(trial, suite);

  run::LocalLauncher launcher(run::trial_program());
  run::Options options;
  options.limits = limits_of(suite.limits);
  options.limits.retries = 0;

  base::ScratchFolder scratch("replay");  // results that nobody keeps
  run::ExclusiveFolder exclusive{contract::SuiteFolder(scratch.path())};
  run::Tally tally;
  {
    auto display = run::make_display(stderr);
    tally = run::run_trials({trial}, exclusive, launcher, options, *display);
  }
  if (tally.signal != 0) return 128 + tally.signal;
  contract::Record now = contract::read_whole_record(exclusive.folder(), trial.id());
  if (now.result.status != before.result.status && circumstantial(now.result.status))
    throw base::InputError(fmt::format("trial {:.12} cannot be run again: {}", found.id, now.result.reason));
  return tell(before, now);
}

}  // namespace

void add_replay(CLI::App& app, Action& action) {
  struct Arguments {
    std::string id;
    std::string results;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb =
      app.add_subcommand("replay", "Runs a trial again, elsewhere, and compares the result with its record");
  verb->add_option("id", arguments->id, "The trial's id, or as much of it as no other trial begins with")
      ->required();
  verb->add_option("results", arguments->results,
                   "Folder that `pebench run` wrote: a suite's, or one of suites")
      ->required();
  verb->footer("Example:\n  pebench replay 78509e9d results/quick");
  verb->callback(
      [arguments, &action] { action = [arguments] { return replay(arguments->id, arguments->results); }; });
}

}  // namespace pebench::cli
