#include "host/controller/cli/verb_merge.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "host/controller/results/merge.h"
#include "host/controller/results/suite_lock.h"

namespace pebench::cli {
namespace {

struct Arguments {
  std::vector<std::string> results;
  std::string out;
};

int merge(const Arguments& arguments) {
  std::vector<contract::SuiteFolder> sources;
  for (const std::string& path : arguments.results)
    for (const contract::SuiteFolder& suite : contract::find_suites(path)) sources.push_back(suite);
  contract::SuiteFolder destination(std::filesystem::path(arguments.out) /
                                    results::read_lock(sources.front().lock()).suite);
  results::Merged merged = results::merge(sources, destination);
  for (const std::string& remark : merged.remarks) fmt::print(stderr, "{}\n", remark);
  fmt::print("{}: {} trials planned, records of {} that went well and {} that failed, from {} folders\n",
             destination.path().string(), merged.planned, merged.ok, merged.failed, sources.size());
  return 0;
}

}  // namespace

void add_merge(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb =
      app.add_subcommand("merge", "Unites the results of one suite that were computed in several folders");
  verb->add_option("results", arguments->results,
                   "Folders that `pebench run` wrote; an earlier one is preferred, a success above all")
      ->required();
  verb->add_option("--out", arguments->out, "Folder for results; the suite's own must not be in it yet")
      ->required();
  verb->footer("Example:\n  pebench merge here/results/quick there/results/quick --out all/results");
  verb->callback([arguments, &action] { action = [arguments] { return merge(*arguments); }; });
}

}  // namespace pebench::cli
