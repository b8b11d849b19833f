#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/controller/cli/data_description.h"
#include "host/controller/cli/data_verbs.h"
#include "host/controller/data/synthetic.h"
#include "host/terminal/colour.h"

namespace pebench::cli {
namespace {

/// "position: the order of events tells the next; ..."
std::string signal_help() {
  std::vector<std::string> parts;
  for (const data::Signal& signal : data::signals())
    parts.push_back(fmt::format("{}: {}", signal.name, signal.asks));
  return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace

void add_data_synthesise(CLI::App& data, Action& action) {
  struct Arguments {
    data::SyntheticSettings settings;
    std::string out;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = data.add_subcommand("synthesise", "Generates a data set whose truth is known");
  auto& settings = arguments->settings;
  verb->add_option("--signal", settings.signal, signal_help())->capture_default_str();
  verb->add_option("--users", settings.users, "Number of users")->capture_default_str();
  verb->add_option("--items", settings.items, "Number of items")->capture_default_str();
  verb->add_option("--seed", settings.seed, "Seed of all that is random")->capture_default_str();
  verb->add_option("--strength", settings.strength, "How often an event obeys the signal")
      ->capture_default_str();
  verb->add_option("--noise", settings.noise, "Share of events that show any item in place of their own")
      ->capture_default_str();
  verb->add_option("--length", settings.length, "Fewest and most events of a history, or one number")
      ->delimiter(',')
      ->expected(1, 2)
      ->capture_default_str();
  verb->add_option("--mean-length", settings.mean_length,
                   "Mean number of events; lengths are geometric then");
  verb->add_option(
          "--gaps", settings.gaps,
          fmt::format("Distribution of the seconds between events: {}", fmt::join(data::gap_names(), ", ")))
      ->capture_default_str();
  verb->add_option("--lag", settings.lag,
                   "How many places back the event stands that tells the next, of position "
                   "(else 1) and distance (else 4)");
  verb->add_option("--period", settings.period,
                   fmt::format("What the signal period follows: {}", fmt::join(data::period_names(), ", ")))
      ->capture_default_str();
  verb->add_option("--out", arguments->out, "The folder to make")->required();
  verb->footer(
      "Examples:\n  pebench data synthesise --signal none --users 3000 --items 5000 --out data/noise\n"
      "  pebench data synthesise --signal distance --lag 12 --length 20,80 --noise 0.1 --out data/far");
  verb->callback([arguments, &action] {
    action = [arguments] {
      const auto& settings = arguments->settings;
      if (!data::write_columns(arguments->out, data::synthesise(settings), settings.source()))
        throw base::InputError(
            fmt::format("{} exists already: remove it or name another folder", arguments->out));
      fmt::print("{}", text_of(data::describe(data::Dataset::open(arguments->out, {})),
                               terminal::may_colour(stdout)));
      return 0;
    };
  });
}

}  // namespace pebench::cli
