#include "host/cli/verb_merge.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "host/record/merge.h"
#include "host/record/suite_lock.h"

namespace pebench::cli {
namespace {

struct Arguments {
  std::vector<std::string> results;
  std::string out;
};

int merge(const Arguments& arguments) {
  std::vector<record::SuiteFolder> sources;
  for (const std::string& path : arguments.results)
    for (const record::SuiteFolder& suite : record::find_suites(path)) sources.push_back(suite);
  record::SuiteFolder destination(std::filesystem::path(arguments.out) /
                                  record::read_lock(sources.front().lock()).suite);
  record::Merged merged = record::merge(sources, destination);
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
