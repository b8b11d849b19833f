#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/refusal.h"
#include "host/controller/cli/action.h"
#include "host/controller/cli/verb_check.h"
#include "host/controller/cli/verb_compare.h"
#include "host/controller/cli/verb_data.h"
#include "host/controller/cli/verb_describe.h"
#include "host/controller/cli/verb_export.h"
#include "host/controller/cli/verb_judge.h"
#include "host/controller/cli/verb_list.h"
#include "host/controller/cli/verb_merge.h"
#include "host/controller/cli/verb_new.h"
#include "host/controller/cli/verb_plan.h"
#include "host/controller/cli/verb_replay.h"
#include "host/controller/cli/verb_report.h"
#include "host/controller/cli/verb_run.h"
#include "host/controller/cli/verb_settings.h"
#include "host/controller/cli/verb_status.h"
#include "host/controller/cli/verb_tune.h"
#include "host/controller/cli/verb_verify.h"
#include "host/controller/cli/verb_watch.h"
#include "host/terminal/printable.h"

namespace pebench::cli {
namespace {

constexpr int bad_input = 2;

/// CLI11 only says that some verb is needed; this says which one may have been meant.
void check_verb(const CLI::App& app, int argc, const char* const* argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::vector<std::string> verbs;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    verbs.push_back(verb->get_name());
  if (std::find(verbs.begin(), verbs.end(), argv[1]) == verbs.end())
    throw base::InputError(fmt::format("there is no verb \"{}\"; {}", argv[1], base::remedy(argv[1], verbs)));
}

int run(int argc, const char* const* argv) {
  CLI::App app(
      "Compares positional encodings in a recommender: how well they do, and how much that varies with the "
      "seed.");
  app.name("pebench");
  app.set_version_flag("--version", "pebench " PEBENCH_VERSION);
  app.require_subcommand(1);
  app.footer("Example:\n  pebench run suites/quick.toml\nEvery verb has its own --help.");
  app.failure_message([](const CLI::App* parsed, const CLI::Error& error) {
    std::string verb;
    for (const CLI::App* at = parsed; !at->get_subcommands().empty();) {
      at = at->get_subcommands().front();
      verb += " " + at->get_name();
    }
    return fmt::format("pebench: {}; see pebench{} --help\n", terminal::printable(error.what()), verb);
  });
  Action action;
  add_run(app, action);
  add_plan(app, action);
  add_tune(app, action);
  add_status(app, action);
  add_watch(app, action);
  add_report(app, action);
  add_judge(app, action);
  add_compare(app, action);
  add_verify(app, action);
  add_merge(app, action);
  add_export(app, action);
  add_replay(app, action);
  add_list(app, action);
  add_settings(app, action);
  add_describe(app, action);
  add_check(app, action);
  add_new(app, action);
  add_data(app, action);
  try {
    check_verb(app, argc, argv);
    app.parse(argc, argv);
    return action();
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : bad_input;
  }
}

}  // namespace
}  // namespace pebench::cli

int main(int argc, char** argv) {
  try {
    return pebench::cli::run(argc, argv);
  } catch (const std::exception& error) {
    const auto ending = pebench::base::refusal_of(error);
    fmt::print(stderr, "pebench: {}\n", pebench::terminal::printable(ending.sentence));
    return ending.exit_code;
  }
}
