#include "host/controller/cli/verb_run.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "host/controller/cli/forecast.h"
#include "host/controller/cli/known_answers.h"
#include "host/controller/cli/limits.h"
#include "host/controller/cli/stand_in_options.h"
#include "host/controller/cli/standing.h"
#include "host/controller/plan/plan.h"
#include "host/controller/plan/shard.h"
#include "host/controller/plan/user_traits.h"
#include "host/controller/plan/warnings.h"
#include "host/controller/report/reporter.h"
#include "host/controller/results/suite_lock.h"
#include "host/controller/run/local_launcher.h"
#include "host/controller/run/supervisor.h"
#include "host/controller/run/trial_program.h"
#include "host/controller/speed/measure.h"
#include "host/controller/suite/suite.h"
#include "host/terminal/colour.h"
#include "host/terminal/columns.h"

namespace pebench::cli {
namespace {

struct Arguments {
  std::string suite;
  std::string results = "results";
  std::optional<int> workers;
  std::string shard = "1/1";
  std::string retry;
  bool fail_fast = false;
  StandIn stand_in;
};

run::Options options_of(const Arguments& arguments, const suite::Limits& limits) {
  run::Options options;
  options.limits = limits_of(limits);
  options.limits.workers = arguments.workers.value_or(options.limits.workers);
  options.retry_failed = !arguments.retry.empty();
  options.fail_fast = arguments.fail_fast;
  return options;
}

results::SuiteLock lock_of(const suite::Suite& suite, const std::vector<contract::TrialSpec>& trials) {
  results::SuiteLock lock;
  lock.suite = suite.name;
  lock.text = suite.source;
  lock.baseline = suite.baseline;
  lock.primary = suite.statistics.primary;
  lock.judgement = {suite.statistics.alpha, suite.statistics.equivalence_share, {}};
  for (const suite::Claim& claim : suite.claims)
    lock.claims.push_back({claim.text, claim.test, claim.metric, claim.dataset, claim.sweep});
  for (const contract::TrialSpec& trial : trials)
    lock.trials.push_back({trial.id(), trial.dataset, trial.encoding, trial.sweep, trial.seed});
  return lock;
}

int run(const Arguments& arguments) {
  plan::Shard shard = plan::parse_shard(arguments.shard);
  suite::Suite suite = arguments.stand_in.applied(suite::read_suite(arguments.suite));
  run::Options options = options_of(arguments, suite.limits);
  run::LocalLauncher launcher(run::trial_program());
  const auto encodings = plan::describe_encodings(suite);  // quicker to ask than data sets are to generate
  const auto datasets = plan::open_datasets(suite);
  std::vector<contract::TrialSpec> trials = plan::make_plan(suite, datasets, encodings);
  std::vector<contract::TrialSpec> share = plan::share_of(trials, shard);

  const contract::SuiteFolder folder = contract::suite_folder(arguments.results, suite.name);
  run::ExclusiveFolder exclusive(folder);
  exclusive.require_space(forecast(share, datasets, folder, options.limits.workers).bytes);
  results::SuiteLock lock = lock_of(suite, trials);
  lock.warnings = plan::warnings(suite, datasets);
  lock.reachable = known_answers(suite, datasets);
  for (const std::string& warning : lock.warnings) fmt::print(stderr, "warning: {}\n", warning);
  results::note_later_seeds(lock, folder);
  plan::write_user_traits(suite, datasets, folder);
  results::write_lock(folder.lock(), lock);
  Standing standing(folder, suite.statistics.primary);
  if (terminal::columns_of(stderr))  // who is not there to look needs none
    options.standing = [&](const contract::TrialSpec& trial) { return standing.after(trial); };
  run::Tally tally;
  {
    auto display = run::make_display(stderr);
    tally = run::run_trials(share, exclusive, launcher, options, *display);
  }
  if (tally.signal != 0) return 128 + tally.signal;
  speed::Outcome measured;
  if (suite.speed)
    measured = speed::measure(speed::groups_of(*suite.speed, trials, folder), run::trial_program(), stderr);
  if (measured.signal != 0) return 128 + measured.signal;
  for (const std::string& failure : measured.failures) fmt::print(stderr, "warning: {}\n", failure);
  fmt::print("{}", report::summary_reporter(terminal::may_colour(stdout),
                                            terminal::columns_of(stdout))({report::make_report(folder)}));
  return tally.ok == tally.total && measured.failures.empty() ? 0 : 1;
}

}  // namespace

void add_run(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb =
      app.add_subcommand("run", "Runs the trials of a suite that have no record yet, and shows the tables");
  verb->add_option("suite", arguments->suite, "The suite's TOML file")->required();
  verb->add_option("--results", arguments->results, "Folder for results, one folder per suite in it")
      ->capture_default_str();
  verb->add_option("--workers", arguments->workers, "Trials side by side, in place of limits.workers")
      ->check(CLI::Range(1, 1024));
  verb->add_option("--shard", arguments->shard,
                   "I/N: only the I-th of N shares of the plan, by the trials' ids, so that each has a mix "
                   "of encodings; N "
                   "machines with a folder of results each share a suite, and `pebench merge` unites them");
  verb->add_option("--retry", arguments->retry, "Run again what `failed` earlier")
      ->check(CLI::IsMember({"failed"}));
  verb->add_flag("--fail-fast", arguments->fail_fast, "Stop at the first trial that fails");
  arguments->stand_in.add_to(*verb);
  verb->footer("Example:\n  pebench run suites/quick.toml --workers 2");
  verb->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

}  // namespace pebench::cli
