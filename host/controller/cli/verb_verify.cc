#include "host/controller/cli/verb_verify.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "host/contract/fields.h"
#include "host/contract/folder.h"
#include "host/controller/results/verify.h"

namespace pebench::cli {
namespace {

constexpr int damaged = 2;

struct Verified {
  std::string path;
  results::Verification found;
};

nlohmann::json json_of(const Verified& suite) {
  auto faults = nlohmann::json::array();
  for (const results::Fault& fault : suite.found.faults)
    faults.push_back(
        {{"trial", fault.trial ? nlohmann::json(*fault.trial) : nlohmann::json()}, {"what", fault.what}});
  return {{"path", suite.path},
          {"records", suite.found.records},
          {"ranks", suite.found.ranks},
          {"without_digest", suite.found.without_digest},
          {"planned_missing", suite.found.planned_missing},
          {"faults", faults}};
}

void print(const Verified& suite) {
  const auto& found = suite.found;
  for (const results::Fault& fault : found.faults) fmt::print("damaged: {}\n", fault.what);
  if (found.without_digest > 0)
    fmt::print("{}: {} files of an older version carry no digest, so a change in them cannot be told\n",
               suite.path, found.without_digest);
  fmt::print(
      "{}: {} records and {} rank files are as they were written, {}\n", suite.path, found.records,
      found.ranks,
      found.faults.empty() ? "and nothing is damaged" : fmt::format("{} files are not", found.faults.size()));
}

int verify(const std::vector<std::string>& results, bool json) {
  std::vector<Verified> suites;
  for (const std::string& path : results)
    for (const contract::SuiteFolder& folder : contract::find_suites(path))
      suites.push_back({folder.path().string(), results::verify(folder)});
  bool good = true;
  auto list = nlohmann::json::array();
  for (const Verified& suite : suites) {
    good = good && suite.found.faults.empty();
    list.push_back(json_of(suite));
    if (!json) print(suite);
  }
  if (json) fmt::print("{}", contract::json_text({{"good", good}, {"suites", list}}));
  return good ? 0 : damaged;
}

}  // namespace

void add_verify(CLI::App& app, Action& action) {
  struct Arguments {
    std::vector<std::string> results;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app.add_subcommand("verify",
                                      "Holds records, ranks and locks against their digests: exit code 0 all "
                                      "as they were written, 2 something is damaged");
  verb->add_option("results", arguments->results,
                   "Folders that `pebench run` wrote: a suite's, or ones of suites")
      ->required();
  verb->add_flag("--json", arguments->json, "Print it as JSON");
  verb->footer("Example:\n  pebench verify results/quick");
  verb->callback(
      [arguments, &action] { action = [arguments] { return verify(arguments->results, arguments->json); }; });
}

}  // namespace pebench::cli
