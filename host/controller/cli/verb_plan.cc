#include "host/controller/cli/verb_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "host/contract/fields.h"
#include "host/contract/speed_record.h"
#include "host/contract/speed_request.h"
#include "host/controller/cli/forecast.h"
#include "host/controller/cli/known_worth.h"
#include "host/controller/cli/stand_in_options.h"
#include "host/controller/order/finding_json.h"
#include "host/controller/plan/plan.h"
#include "host/controller/plan/warnings.h"
#include "host/controller/stats/seed_policy.h"
#include "host/controller/suite/suite.h"
#include "host/terminal/colour.h"
#include "host/terminal/duration.h"
#include "host/terminal/table.h"

namespace pebench::cli {
namespace {

using terminal::Table;
constexpr auto left = Table::Align::left;
constexpr auto right = Table::Align::right;

/// A suite with all that its plan says.
struct Plan {
  suite::Suite suite;
  std::vector<plan::PlannedEncoding> encodings;
  std::vector<plan::PlannedDataset> datasets;
  std::vector<contract::TrialSpec> trials;
  std::string seeds_show;
  std::vector<std::string> warnings;
  int workers = 1;
  std::filesystem::path results;
  Forecast forecast;
};

struct Arguments {
  std::string suite;
  std::string results = "results";
  std::optional<int> workers;
  bool json = false;
  StandIn stand_in;
};

Plan read_plan(const Arguments& arguments) {
  Plan plan;
  plan.suite = arguments.stand_in.applied(suite::read_suite(arguments.suite));
  plan.encodings = plan::describe_encodings(plan.suite);
  plan.datasets = plan::open_datasets(plan.suite);
  plan.trials = plan::make_plan(plan.suite, plan.datasets, plan.encodings);
  plan.seeds_show = stats::seed_policy(plan.suite.seeds.size(), plan.encodings.size() - 1,
                                       plan.suite.claims.size(), plan.suite.statistics.alpha);
  plan.warnings = plan::warnings(plan.suite, plan.datasets);
  if (auto worth = known_worth(plan.suite, plan.trials, arguments.results))
    plan.warnings.push_back(std::move(*worth));
  plan.workers = arguments.workers.value_or(static_cast<int>(plan.suite.limits.workers));
  plan.results = std::filesystem::path(arguments.results) / plan.suite.name;
  plan.forecast = forecast(plan.trials, plan.datasets,
                           contract::suite_folder(arguments.results, plan.suite.name), plan.workers);
  return plan;
}

nlohmann::json json_of(const Plan& plan) {
  nlohmann::json json = {{"suite", plan.suite.name},
                         {"baseline", plan.suite.baseline},
                         {"primary", plan.suite.statistics.primary},
                         {"seeds", plan.suite.seeds},
                         {"seeds_show", plan.seeds_show},
                         {"warnings", plan.warnings},
                         {"workers", plan.workers},
                         {"trials_done", plan.forecast.done},
                         {"estimated_hours", plan.forecast.seconds / 3600}};
  for (const auto& dataset : plan.datasets) {
    json["datasets"].push_back({{"name", dataset.name},
                                {"folder", dataset.folder.string()},
                                {"hash", dataset.hash},
                                {"users", dataset.users},
                                {"items", dataset.items},
                                {"events", dataset.events}});
    if (dataset.order) json["datasets"].back()["order"] = *dataset.order;
  }
  for (std::size_t i = 0; i < plan.encodings.size(); ++i) {
    const auto& encoding = plan.encodings[i];
    json["encodings"].push_back({{"name", encoding.name},
                                 {"encoder", encoding.encoder.id},
                                 {"version", encoding.encoder.version},
                                 {"library", encoding.library.string()},
                                 {"options", encoding.options.values},
                                 {"settings", plan.suite.encodings[i].own}});
  }
  for (const auto& trial : plan.trials)
    json["trials"].push_back({{"id", trial.id()},
                              {"seed", trial.seed},
                              {"dataset", trial.dataset},
                              {"encoding", trial.encoding},
                              {"sweep", trial.sweep}});
  return json;
}

/// {"base": 10000, "concat": false} as "base = 10000, concat = false"
std::string settings_text(const nlohmann::json& settings) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : settings.items())
    parts.push_back(fmt::format("{} = {}", key, contract::dump(value)));
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// How long it will take, and how one knows.
std::string time_text(const Plan& plan) {
  const Forecast& forecast = plan.forecast;
  if (forecast.waiting == 0)
    return fmt::format("Time: none, all trials are done in {}.", plan.results.string());
  const std::string needed =
      fmt::format("Time: about {} with {} worker{}", terminal::duration_text(forecast.seconds), plan.workers,
                  plan.workers == 1 ? "" : "s");
  if (forecast.done > 0)
    return fmt::format("{} for the {} trials left, going by the {} done in {}.", needed, forecast.waiting,
                       forecast.done, plan.results.string());
  return needed +
         ", guessed from the sizes of data and model, to a factor of three; less where training stops early.";
}

/// What is timed when the trials are done; empty for a suite without [speed].
std::string speed_text(const Plan& plan) {
  if (!plan.suite.speed) return {};
  const suite::Speed& speed = *plan.suite.speed;
  const std::size_t sizes =
      std::max<std::size_t>(1, speed.batches.size()) * std::max<std::size_t>(1, speed.lengths.size());
  const std::size_t operations = plan.suite.variants.size() * plan.datasets.size() * plan.encodings.size() *
                                 sizes * std::size(contract::speed_operations);
  const double seconds = static_cast<double>(operations) * static_cast<double>(speed.repetitions + 1) *
                         contract::seconds_of_repetition;
  return fmt::format("Speed: {} operations are then timed {} times each, {} at the least.\n", operations,
                     speed.repetitions, terminal::duration_text(seconds));
}

std::string text_of(const Plan& plan, bool colour) {
  Table datasets({{"data set", left}, {"users", right}, {"items", right}, {"events", right}});
  for (const auto& dataset : plan.datasets)
    datasets.add_row({dataset.name, std::to_string(dataset.users), std::to_string(dataset.items),
                      std::to_string(dataset.events)});
  const bool any_own = std::any_of(plan.suite.encodings.begin(), plan.suite.encodings.end(),
                                   [](const suite::Encoding& encoding) { return !encoding.own.empty(); });
  std::vector<Table::Column> columns = {{"encoding", left}, {"encoder", left}, {"options", left}};
  if (any_own) columns.push_back({"settings of its own", left});
  Table encodings(columns);
  for (std::size_t i = 0; i < plan.encodings.size(); ++i) {
    const auto& encoding = plan.encodings[i];
    std::vector<std::string> cells = {encoding.name, encoding.encoder.id + " " + encoding.encoder.version,
                                      settings_text(encoding.options.values)};
    if (any_own) cells.push_back(settings_text(plan.suite.encodings[i].own));
    encodings.add_row(cells);
  }
  Table trials({{"trial", left}, {"seed", right}, {"data set", left}, {"encoding", left}, {"sweep", left}});
  for (const auto& trial : plan.trials)
    trials.add_row({trial.id().substr(0, 12), std::to_string(trial.seed), trial.dataset, trial.encoding,
                    settings_text(trial.sweep)});
  std::string warnings;
  for (const std::string& warning : plan.warnings) warnings += "Warning: " + warning + ".\n";
  return fmt::format(
      "{}: {} trials, seeds {} x settings {} x data sets {} x encodings {}\n\n{}\n{}\n{}\n{}{}\n{}\n{}",
      plan.suite.name, plan.trials.size(), plan.suite.seeds.size(), plan.suite.variants.size(),
      plan.datasets.size(), plan.encodings.size(), datasets.text(colour), encodings.text(colour),
      trials.text(colour), warnings, plan.seeds_show, time_text(plan), speed_text(plan));
}

}  // namespace

void add_plan(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app.add_subcommand("plan", "Checks a suite and shows its trials, without running any");
  verb->add_option("suite", arguments->suite, "The suite's TOML file")->required();
  verb->add_option("--results", arguments->results,
                   "Folder of results; trials done there are not counted again")
      ->capture_default_str();
  verb->add_option("--workers", arguments->workers, "Trials side by side, in place of limits.workers")
      ->check(CLI::Range(1, 1024));
  verb->add_flag("--json", arguments->json, "Print it as JSON");
  arguments->stand_in.add_to(*verb);
  verb->footer("Example:\n  pebench plan suites/quick.toml");
  verb->callback([arguments, &action] {
    action = [arguments] {
      Plan plan = read_plan(*arguments);
      fmt::print("{}", arguments->json ? contract::dump(json_of(plan), 2) + "\n"
                                       : text_of(plan, terminal::may_colour(stdout)));
      return 0;
    };
  });
}

}  // namespace pebench::cli
