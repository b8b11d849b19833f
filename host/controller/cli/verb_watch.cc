#include "host/controller/cli/verb_watch.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include "host/base/error.h"
#include "host/controller/run/exclusive.h"
#include "host/controller/watch/live_page.h"
#include "host/controller/watch/server.h"

namespace pebench::cli {
namespace {

constexpr std::chrono::seconds between_looks{1};

/// The only suite there whose run is at work.
contract::SuiteFolder folder_at_work(const std::string& results) {
  std::vector<contract::SuiteFolder> found;
  for (const contract::SuiteFolder& folder : contract::find_suites(results))
    if (run::is_at_work(folder)) found.push_back(folder);
  if (found.empty())
    throw base::InputError(
        fmt::format("no run is at work in {}: start one by `pebench run`, or see what is there "
                    "by `pebench report {} --format html --out page.html`",
                    results, results));
  if (found.size() > 1)
    throw base::InputError(fmt::format("{} runs are at work in {}: name the folder of one, as {}",
                                       found.size(), results, found.front().path().string()));
  return found.front();
}

int watch(const std::string& results, int port) {
  const contract::SuiteFolder folder = folder_at_work(results);
  std::atomic<bool> at_work = true;
  const watch::Server server([&] { return watch::live_page(folder, at_work); },
                             watch::seconds_between_pages / 2, port);
  fmt::print("{}\n", server.address());
  std::fflush(stdout);  // for whoever reads it from a file
  fmt::print(stderr,
             "open this in a browser of this machine; it ends with the run, or at Ctrl-C, which leaves the "
             "run alone\n");
  while (run::is_at_work(folder)) std::this_thread::sleep_for(between_looks);
  // Whoever has the page open sees the end of the run.
  at_work = false;
  std::this_thread::sleep_for(std::chrono::seconds(2 * watch::seconds_between_pages));
  fmt::print(stderr, "the run in {} has ended\n", folder.path().string());
  return 0;
}

}  // namespace

void add_watch(CLI::App& app, Action& action) {
  struct Arguments {
    std::string results;
    int port = 0;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app.add_subcommand(
      "watch", "Serves the page of a run while it runs, to browsers of this machine alone");
  verb->add_option("results", arguments->results,
                   "Folder that `pebench run` writes: a suite's, or one of suites")
      ->required();
  verb->add_option("--port", arguments->port, "On 127.0.0.1; a free one by default")
      ->check(CLI::Range(0, 65535));
  verb->footer(
      "Prints an address with a token, without which nothing is served.\n"
      "Example:\n  pebench watch results/quick");
  verb->callback(
      [arguments, &action] { action = [arguments] { return watch(arguments->results, arguments->port); }; });
}

}  // namespace pebench::cli
