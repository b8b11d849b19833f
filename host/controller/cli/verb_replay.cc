#include "host/controller/cli/verb_replay.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/contract/folder.h"
#include "host/controller/cli/replayed.h"

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

int replay_found(const std::string& prefix, const fs::path& results) {
  const Found found = find_trial(prefix, results);
  const Replayed replayed = replay(found.suite, found.id);
  if (replayed.signal != 0) return 128 + replayed.signal;
  fmt::print("{}\n", replayed.text());
  return exit_code_of(replayed.outcome());
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
  verb->callback([arguments, &action] {
    action = [arguments] { return replay_found(arguments->id, arguments->results); };
  });
}

}  // namespace pebench::cli
