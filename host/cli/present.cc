#include "host/cli/present.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "host/report/colour.h"

namespace pebench::cli {
namespace {

int present(const std::filesystem::path& results, const report::Reporter& reporter) {
  std::vector<report::Overview> overviews;
  for (const record::SuiteFolder& folder : record::find_suites(results))
    overviews.push_back(report::read_overview(folder));
  fmt::print("{}", reporter(overviews));
  return 0;
}

}  // namespace

void add_presenting_verb(CLI::App& app, Action& action, const PresentingVerb& verb) {
  struct Arguments {
    std::string results;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(verb.name, verb.description);
  command
      ->add_option("results", arguments->results,
                   "Folder that `pebench run` wrote: a suite's, or one of suites")
      ->required();
  command->add_flag("--json", arguments->json, "Print it as JSON");
  command->footer("Example:\n  " + verb.example);
  command->callback([arguments, verb, &action] {
    action = [arguments, verb] {
      return present(arguments->results,
                     arguments->json ? verb.json() : verb.text(report::may_colour(stdout)));
    };
  });
}

}  // namespace pebench::cli
