#include "host/controller/cli/verb_verify.h"

#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/contract/fields.h"
#include "host/contract/folder.h"
#include "host/controller/cli/replay_drawn.h"
#include "host/controller/results/verify.h"

namespace pebench::cli {
namespace {

constexpr int damaged = 2;

struct Verified {
  contract::SuiteFolder folder;
  results::Verification found;
};

struct Arguments {
  std::vector<std::string> results;
  std::int64_t replays = 0;
  std::optional<std::uint64_t> seed;  ///< of the draw of trials
  bool json = false;
};

nlohmann::json json_of(const Verified& suite) {
  auto faults = nlohmann::json::array();
  for (const results::Fault& fault : suite.found.faults)
    faults.push_back(
        {{"trial", fault.trial ? nlohmann::json(*fault.trial) : nlohmann::json()}, {"what", fault.what}});
  return {{"path", suite.folder.path().string()},
          {"records", suite.found.records},
          {"ranks", suite.found.ranks},
          {"recommendations", suite.found.recommendations},
          {"speeds", suite.found.speeds},
          {"without_digest", suite.found.without_digest},
          {"planned_missing", suite.found.planned_missing},
          {"faults", faults}};
}

/// Of all the paths, each once.
std::vector<contract::SuiteFolder> folders_of(const std::vector<std::string>& paths) {
  std::vector<contract::SuiteFolder> folders;
  std::set<std::filesystem::path> known;
  for (const std::string& path : paths)
    for (const contract::SuiteFolder& folder : contract::find_suites(path))
      if (known.insert(std::filesystem::weakly_canonical(folder.path())).second) folders.push_back(folder);
  return folders;
}

void print(const Verified& suite) {
  const auto& found = suite.found;
  for (const results::Fault& fault : found.faults) fmt::print("damaged: {}\n", fault.what);
  if (found.without_digest > 0)
    fmt::print("{}: {} files of an older version carry no digest, so a change in them cannot be told\n",
               suite.folder.path().string(), found.without_digest);
  std::vector<std::string> files = {fmt::format("{} records", found.records),
                                    fmt::format("{} rank files", found.ranks)};
  if (found.recommendations > 0) files.push_back(fmt::format("{} of recommendations", found.recommendations));
  if (found.speeds > 0) files.push_back(fmt::format("{} of speed", found.speeds));
  const std::string last = files.back();
  files.pop_back();
  fmt::print(
      "{}: {} and {} are as they were written, {}\n", suite.folder.path().string(), fmt::join(files, ", "),
      last,
      found.faults.empty() ? "and nothing is damaged" : fmt::format("{} files are not", found.faults.size()));
}

int verify(const Arguments& arguments) {
  std::vector<Verified> suites;
  for (const contract::SuiteFolder& folder : folders_of(arguments.results))
    suites.push_back({folder, results::verify(folder)});
  bool good = true;
  auto list = nlohmann::json::array();
  std::vector<contract::SuiteFolder> folders;
  for (const Verified& suite : suites) {
    good = good && suite.found.faults.empty();
    list.push_back(json_of(suite));
    folders.push_back(suite.folder);
    if (!arguments.json) print(suite);
  }
  int code = good ? 0 : damaged;
  nlohmann::json json = {{"suites", list}};
  if (arguments.replays > 0 && good) {
    const Replays replays = replay_drawn(folders, arguments.replays, arguments.seed, !arguments.json);
    json["replays"] = replays.to_json();
    good = replays.all_the_same();
    code = replays.exit_code();
  } else if (arguments.replays > 0) {
    fmt::print(stderr, "no trial is run again, since files are damaged\n");
  }
  json["good"] = good;
  if (arguments.json) fmt::print("{}", contract::json_text(json));
  return code;
}

}  // namespace

void add_verify(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb =
      app.add_subcommand("verify",
                         "Holds records, ranks and locks against their digests: exit code 0 all "
                         "as they were written, 1 a trial that was run again gave another result, "
                         "2 something is damaged or cannot be run again here");
  verb->add_option("results", arguments->results,
                   "Folders that `pebench run` wrote: a suite's, or ones of suites")
      ->required();
  CLI::Option* replay = verb->add_option("--replay", arguments->replays,
                                         "Also draw so many of the trials at random, run them again, and "
                                         "compare")
                            ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000}));
  verb->add_option("--seed", arguments->seed, "Of the draw: as an earlier one said, for the same trials")
      ->check(CLI::NonNegativeNumber)
      ->needs(replay);
  verb->add_flag("--json", arguments->json, "Print it as JSON");
  verb->footer("Example:\n  pebench verify results/quick\n  pebench verify results/quick --replay 3");
  verb->callback([arguments, &action] { action = [arguments] { return verify(*arguments); }; });
}

}  // namespace pebench::cli
