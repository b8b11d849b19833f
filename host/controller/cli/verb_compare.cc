#include "host/controller/cli/verb_compare.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>

#include "host/base/error.h"
#include "host/contract/fields.h"
#include "host/controller/report/reporter.h"
#include "host/controller/report/study_agreement.h"
#include "host/terminal/colour.h"
#include "host/terminal/columns.h"

namespace pebench::cli {
namespace {

report::Study study_at(const std::string& path) {
  const auto suites = contract::find_suites(path);
  if (suites.size() != 1)
    throw base::InputError(fmt::format("{} holds {} suites: name the folder of one, as in {}", path,
                                       suites.size(), suites.front().path().string()));
  report::Study study = report::read_study(suites.front());
  if (!study.damaged.empty()) throw base::InputError(study.damaged.front().what);
  return study;
}

int compare(const std::string& first, const std::string& second, bool json) {
  const report::StudyAgreement agreement = report::agreement_of(study_at(first), study_at(second));
  fmt::print("{}", json ? contract::json_text(report::json_of(agreement))
                        : report::as_text(report::compose(agreement), terminal::may_colour(stdout),
                                          terminal::columns_of(stdout)));
  return agreement.same() ? 0 : 1;
}

}  // namespace

void add_compare(CLI::App& app, Action& action) {
  struct Arguments {
    std::string first, second;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app.add_subcommand(
      "compare", "Compares two runs trial by trial: exit code 0 same, 1 different, 2 cannot");
  verb->add_option("first", arguments->first, "A suite's folder of results")->required();
  verb->add_option("second", arguments->second, "Another")->required();
  verb->add_flag("--json", arguments->json, "Print it as JSON");
  verb->footer("Example:\n  pebench compare results/quick results-of-yesterday/quick");
  verb->callback([arguments, &action] {
    action = [arguments] { return compare(arguments->first, arguments->second, arguments->json); };
  });
}

}  // namespace pebench::cli
