#include "host/controller/cli/replay_drawn.h"

#include <fmt/format.h>

#include <cstdio>
#include <random>
#include <string>
#include <utility>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/random.h"
#include "host/contract/record.h"
#include "host/controller/cli/replayed.h"

namespace pebench::cli {
namespace {

/// By where it is and what it is.
using Trial = std::pair<const contract::SuiteFolder*, std::string>;

std::vector<Trial> good_trials(const std::vector<contract::SuiteFolder>& suites) {
  std::vector<Trial> trials;
  for (const contract::SuiteFolder& suite : suites)
    for (const std::string& id : contract::trial_ids(suite)) {
      const auto record = suite.record(id);
      if (base::exists(record) && contract::read_record(record).result.status == contract::Status::ok)
        trials.emplace_back(&suite, id);
    }
  if (trials.empty()) throw base::InputError("--replay: no trial there went well, so none can be run again");
  return trials;
}

const char* name_of(Replayed::Outcome outcome) {
  switch (outcome) {
    case Replayed::Outcome::same:
      return "same";
    case Replayed::Outcome::within_tolerance:
      return "within_tolerance";
    case Replayed::Outcome::not_told:
      return "not_told";
    case Replayed::Outcome::different:
      return "different";
  }
  return "";
}

}  // namespace

int Replays::exit_code() const {
  if (signal != 0) return 128 + signal;
  if (different > 0) return 1;
  return not_told > 0 ? 2 : 0;
}

nlohmann::json Replays::to_json() const {
  return {{"seed", seed},           {"drawn", drawn},       {"trials", trials},
          {"different", different}, {"not_told", not_told}, {"interrupted", signal != 0}};
}

Replays replay_drawn(const std::vector<contract::SuiteFolder>& suites, std::int64_t count,
                     std::optional<std::uint64_t> seed, bool tells) {
  std::vector<Trial> trials = good_trials(suites);
  if (static_cast<std::size_t>(count) > trials.size())
    fmt::print(stderr, "--replay {}: only {} trials went well, and all of them are run again\n", count,
               trials.size());
  Replays replays;
  replays.seed = seed ? *seed : std::random_device()();
  base::Stream stream(replays.seed, "replay", "trials");
  base::shuffle(trials, stream);
  if (trials.size() > static_cast<std::size_t>(count)) trials.resize(static_cast<std::size_t>(count));
  replays.drawn = trials.size();

  const auto note = [&](const std::string& id, const char* outcome, const std::string& text) {
    replays.trials.push_back({{"trial", id}, {"outcome", outcome}, {"what", text}});
    if (tells) fmt::print("{}\n", text);
    std::fflush(stdout);
  };
  for (const auto& [folder, id] : trials) {
    try {
      const Replayed replayed = replay(*folder, id);
      replays.signal = replayed.signal;
      if (replays.signal != 0) break;
      const Replayed::Outcome outcome = replayed.outcome();
      replays.different += outcome == Replayed::Outcome::different;
      replays.not_told += outcome == Replayed::Outcome::not_told;
      note(id, name_of(outcome), replayed.text());
    } catch (const base::InputError& error) {
      ++replays.not_told;
      note(id, "impossible", error.what());
    }
  }
  if (tells)
    fmt::print(
        "{} of {} trials drawn with --seed {} were run again: {} different, {} of which it cannot be told\n",
        replays.trials.size(), replays.drawn, replays.seed, replays.different, replays.not_told);
  return replays;
}

}  // namespace pebench::cli
