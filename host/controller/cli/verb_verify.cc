#include "host/controller/cli/verb_verify.h"

#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/random.h"
#include "host/contract/fields.h"
#include "host/contract/folder.h"
#include "host/contract/record.h"
#include "host/controller/cli/replayed.h"
#include "host/controller/results/verify.h"

namespace pebench::cli {
namespace {

constexpr int different = 1, damaged = 2;

struct Verified {
  contract::SuiteFolder folder;
  results::Verification found;
};

struct Arguments {
  std::vector<std::string> results;
  std::size_t replays = 0;
  std::optional<std::uint64_t> seed;  ///< of the draw of trials
  bool json = false;
};

/// A trial among results, by where it is and what it is.
using Trial = std::pair<const contract::SuiteFolder*, std::string>;

/// So many of the trials that went well, each as likely as the others.
std::vector<Trial> drawn(const std::vector<Verified>& suites, std::size_t count, std::uint64_t seed) {
  std::vector<Trial> trials;
  for (const Verified& suite : suites)
    for (const std::string& id : contract::trial_ids(suite.folder)) {
      const auto record = suite.folder.record(id);
      if (base::exists(record) && contract::read_record(record).result.status == contract::Status::ok)
        trials.emplace_back(&suite.folder, id);
    }
  base::Stream stream(seed, "replay", "trials");
  base::shuffle(trials, stream);
  if (trials.size() > count) trials.resize(count);
  return trials;
}

struct Replays {
  nlohmann::json trials = nlohmann::json::array();
  std::size_t different = 0, impossible = 0;
  int signal = 0;
};

/// Runs drawn trials again. A line of text for each, unless JSON is wanted.
Replays replay_drawn(const std::vector<Verified>& suites, const Arguments& arguments, std::uint64_t seed) {
  Replays replays;
  const auto note = [&](const std::string& id, const std::string& outcome, const std::string& text) {
    replays.trials.push_back({{"trial", id}, {"outcome", outcome}, {"what", text}});
    if (!arguments.json) fmt::print("{}\n", text);
    std::fflush(stdout);
  };
  for (const auto& [folder, id] : drawn(suites, arguments.replays, seed)) {
    try {
      const Replayed replayed = replay(*folder, id);
      replays.signal = replayed.signal;
      if (replays.signal != 0) break;
      const auto agreement = replayed.agreement();
      replays.different += !agreement.agrees();
      note(id,
           !agreement.agrees()    ? "different"
           : agreement.difference ? "within_tolerance"
                                  : "same",
           replayed.text());
    } catch (const base::InputError& error) {
      ++replays.impossible;
      note(id, "impossible", error.what());
    }
  }
  return replays;
}

nlohmann::json json_of(const Verified& suite) {
  auto faults = nlohmann::json::array();
  for (const results::Fault& fault : suite.found.faults)
    faults.push_back(
        {{"trial", fault.trial ? nlohmann::json(*fault.trial) : nlohmann::json()}, {"what", fault.what}});
  return {{"path", suite.folder.path().string()},
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
               suite.folder.path().string(), found.without_digest);
  fmt::print(
      "{}: {} records and {} rank files are as they were written, {}\n", suite.folder.path().string(),
      found.records, found.ranks,
      found.faults.empty() ? "and nothing is damaged" : fmt::format("{} files are not", found.faults.size()));
}

int verify(const Arguments& arguments) {
  std::vector<Verified> suites;
  for (const std::string& path : arguments.results)
    for (const contract::SuiteFolder& folder : contract::find_suites(path))
      suites.push_back({folder, results::verify(folder)});
  bool good = true;
  auto list = nlohmann::json::array();
  for (const Verified& suite : suites) {
    good = good && suite.found.faults.empty();
    list.push_back(json_of(suite));
    if (!arguments.json) print(suite);
  }
  nlohmann::json json = {{"good", good}, {"suites", list}};
  Replays replays;
  if (good && arguments.replays > 0) {
    const std::uint64_t seed = arguments.seed ? *arguments.seed : std::random_device()();
    replays = replay_drawn(suites, arguments, seed);
    json["replays"] = {{"seed", seed}, {"trials", replays.trials}};
    if (!arguments.json)
      fmt::print("{} trials drawn with --seed {} and run again: {} different, {} that cannot be run here\n",
                 replays.trials.size(), seed, replays.different, replays.impossible);
  }
  if (arguments.json) fmt::print("{}", contract::json_text(json));
  if (replays.signal != 0) return 128 + replays.signal;
  if (!good || replays.impossible > 0) return damaged;
  return replays.different > 0 ? different : 0;
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
  verb->add_option("--replay", arguments->replays,
                   "Also draw so many of the trials at random, run them again, and compare");
  verb->add_option("--seed", arguments->seed, "Of the draw: as an earlier one said, for the same trials");
  verb->add_flag("--json", arguments->json, "Print it as JSON");
  verb->footer("Example:\n  pebench verify results/quick\n  pebench verify results/quick --replay 3");
  verb->callback([arguments, &action] { action = [arguments] { return verify(*arguments); }; });
}

}  // namespace pebench::cli
