#include "host/controller/cli/verb_status.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "host/controller/report/reporter.h"
#include "host/terminal/colour.h"

namespace pebench::cli {
namespace {

int status(const std::string& results, bool json) {
  std::vector<report::Overview> overviews;
  for (const contract::SuiteFolder& folder : contract::find_suites(results)) {
    const report::Study study = report::read_study(folder);
    for (const report::DamagedTrial& damaged : study.damaged)
      fmt::print(stderr, "damaged, and counted as missing: {}\n", damaged.what);
    overviews.push_back(report::overview_of(study));
  }
  const report::StatusReporter reporter =
      json ? report::status_json_reporter() : report::status_reporter(terminal::may_colour(stdout));
  fmt::print("{}", reporter(overviews));
  return 0;
}

}  // namespace

void add_status(CLI::App& app, Action& action) {
  struct Arguments {
    std::string results;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb =
      app.add_subcommand("status", "Counts the trials that are done, failed and missing, by encoding");
  verb->add_option("results", arguments->results,
                   "Folder that `pebench run` wrote: a suite's, or one of suites")
      ->required();
  verb->add_flag("--json", arguments->json, "Print it as JSON");
  verb->footer("Example:\n  pebench status results/quick");
  verb->callback(
      [arguments, &action] { action = [arguments] { return status(arguments->results, arguments->json); }; });
}

}  // namespace pebench::cli
