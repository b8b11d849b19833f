#include "host/controller/cli/verb_tune.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/nearest.h"
#include "host/contract/fields.h"
#include "host/controller/cli/limits.h"
#include "host/controller/report/reporter.h"
#include "host/controller/run/local_launcher.h"
#include "host/controller/run/trial_program.h"
#include "host/controller/suite/suite.h"
#include "host/controller/tune/json.h"
#include "host/controller/tune/request.h"
#include "host/controller/tune/search.h"
#include "host/controller/tune/text.h"
#include "host/controller/tune/tuned_suite.h"
#include "host/terminal/colour.h"
#include "host/terminal/columns.h"

namespace pebench::cli {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string suite;
  std::string results = "results";
  std::optional<int> workers;
  std::string retry;
  std::string out;
  bool json = false;
  std::string configuration, encoding;
  std::int64_t epochs = 0;
};

run::Options options_of(const Arguments& arguments, const suite::Limits& limits) {
  run::Options options;
  options.limits = limits_of(limits);
  options.limits.workers = arguments.workers.value_or(options.limits.workers);
  options.retry_failed = !arguments.retry.empty();
  return options;
}

std::size_t index_of(const std::string& encoding, const tune::Subject& subject) {
  std::vector<std::string> names;
  for (const plan::PlannedEncoding& one : subject.encodings) names.push_back(one.name);
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == encoding) return i;
  throw base::InputError(
      fmt::format("--encoding {} is none of the suite's; {}", encoding, base::remedy(encoding, names)));
}

/// One configuration's validation, for a search from outside.
int ask(const Arguments& arguments, const tune::Subject& subject, run::LocalLauncher& launcher,
        const run::Options& options) {
  const std::size_t encoding = index_of(arguments.encoding, subject);
  const auto label = nlohmann::json::parse(arguments.configuration, nullptr, false);
  const auto trials = tune::trials_of(subject, encoding,
                                      tune::parse_configuration(arguments.configuration, arguments.encoding),
                                      arguments.epochs, label);
  const run::ExclusiveFolder folder(contract::suite_folder(arguments.results, subject.name));
  results::write_lock(folder.folder().lock(), tune::lock_of(subject, trials, folder.folder()));
  const auto display = run::make_display(stderr);
  const run::Tally tally = run::run_trials(trials, folder, launcher, options, *display);
  if (tally.signal != 0) return 128 + tally.signal;
  const tune::Tried tried = tune::value_of(trials, subject.metric(), folder.folder());
  if (arguments.json)
    fmt::print("{}\n",
               contract::dump(tune::json_of(subject, arguments.encoding, arguments.epochs, tried), 2));
  else if (!std::isnan(tried.value))
    fmt::print("{} = {:.6f}\n", subject.metric(), tried.value);
  return std::isnan(tried.value) ? 1 : 0;
}

/// suite.toml -> suite-tuned.toml, beside it.
fs::path out_of(const Arguments& arguments) {
  if (!arguments.out.empty()) return arguments.out;
  const fs::path suite(arguments.suite);
  return suite.parent_path() / (suite.stem().string() + "-tuned.toml");
}

int search(const Arguments& arguments, const tune::Subject& subject, run::LocalLauncher& launcher,
           const run::Options& options) {
  bool any = !subject.suite.tuning.space.empty();
  for (const suite::Encoding& encoding : subject.suite.encodings) any = any || !encoding.space.empty();
  if (!any)
    throw base::InputError(
        fmt::format("{}: nothing says what to tune; write [tune.space] with for example \"train.lr\" = {{ "
                    "from = 1e-4, to = "
                    "1e-2, log = true }}",
                    subject.suite.file.string()));
  const fs::path out = out_of(arguments);
  if (base::exists(out) &&
      base::absolute(out).lexically_normal() == base::absolute(arguments.suite).lexically_normal())
    throw base::InputError(fmt::format("--out {} is the suite itself; name another file", out.string()));
  tune::check(subject);
  const run::ExclusiveFolder folder(contract::suite_folder(arguments.results, subject.name));
  tune::Search found;
  {
    const auto display = run::make_display(stderr);
    found = tune::search(subject, folder, launcher, options, *display);
  }
  if (found.signal != 0) return 128 + found.signal;
  const std::string command = fmt::format("pebench tune {}", arguments.suite);
  base::write_atomically(out, tune::tuned_suite(subject, found, command, out.parent_path()));
  if (arguments.json) {
    nlohmann::json json = tune::json_of(subject, found);
    json["written"] = out.string();
    fmt::print("{}\n", contract::dump(json, 2));
  } else {
    fmt::print("{}\nWritten: {}. `pebench run {}` runs the study with each encoding's best.\n",
               report::as_text(tune::compose(subject, found), terminal::may_colour(stdout),
                               terminal::columns_of(stdout)),
               out.string(), out.string());
  }
  for (std::size_t e = 0; e < subject.encodings.size(); ++e)
    if (found.best(e) == nullptr) return 1;
  return 0;
}

int run(const Arguments& arguments) {
  const suite::Suite suite = suite::read_suite(arguments.suite);
  const run::Options options = options_of(arguments, suite.limits);
  run::LocalLauncher launcher(run::trial_program());
  const tune::Subject subject = tune::find_subject(suite);
  return arguments.configuration.empty() ? search(arguments, subject, launcher, options)
                                         : ask(arguments, subject, launcher, options);
}

}  // namespace

void add_tune(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app.add_subcommand(
      "tune", "Finds each encoding's best settings within the same budget, by validation alone");
  verb->add_option("suite", arguments->suite, "The suite's TOML file, with a [tune]")->required();
  verb->add_option("--results", arguments->results,
                   "Folder for results; the trials of a tuning lie in NAME-tune, and are not run again")
      ->capture_default_str();
  verb->add_option("--workers", arguments->workers, "Trials side by side, in place of limits.workers")
      ->check(CLI::Range(1, 1024));
  verb->add_option("--retry", arguments->retry, "Run again what `failed` earlier")
      ->check(CLI::IsMember({"failed"}));
  verb->add_option(
      "--out", arguments->out,
      "Where to write the suite with each encoding's best; SUITE-tuned.toml beside it without this");
  verb->add_flag("--json", arguments->json, "Print it as JSON");
  auto* configuration = verb->add_option(
      "--configuration", arguments->configuration,
      "Only try this one, a JSON object as {\"train.lr\": 0.001, \"options.base\": 500}, and "
      "print its validation");
  auto* encoding = verb->add_option("--encoding", arguments->encoding, "The encoding to try it with");
  auto* epochs = verb->add_option("--epochs", arguments->epochs, "For so many epochs")
                     ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}));
  configuration->needs(encoding)->needs(epochs);
  encoding->needs(configuration);
  epochs->needs(configuration);
  verb->footer(
      "Example:\n  pebench tune suites/tune.toml --workers 2\n"
      "Driven from outside:\n  pebench tune suites/tune.toml --configuration '{\"train.lr\": 1e-3}' "
      "--encoding rope --epochs 5 --json");
  verb->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

}  // namespace pebench::cli
