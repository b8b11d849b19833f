#include "host/controller/cli/verb_check.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "host/base/error.h"
#include "host/contract/fields.h"
#include "host/controller/check/selection.h"
#include "host/controller/check/session.h"
#include "host/controller/cli/checked_price.h"
#include "host/controller/plugin/find.h"
#include "host/controller/run/trial_program.h"
#include "host/terminal/colour.h"

namespace pebench::cli {
namespace {

struct Arguments {
  std::string plugin;
  std::string encoder;
  std::vector<std::string> options;
  std::vector<std::string> only;
  std::uint64_t seed = 1;
  std::optional<int> jobs;
  std::optional<int> timeout;
  bool no_price = false;
  bool json = false;
  bool list = false;
};

std::pair<std::string, std::string> key_and_value(const std::string& option) {
  const auto end = option.find('=');
  if (end == std::string::npos || end == 0)
    throw base::InputError(fmt::format("--option: \"{}\" is not of the form key=value", option));
  return {option.substr(0, end), option.substr(end + 1)};
}

/// One line that is written over, on a terminal; nothing elsewhere.
class Progress {
 public:
  ~Progress() {
    if (drawn_) fmt::print(stderr, "\r\x1b[K");
  }
  void operator()(std::size_t done, std::size_t total, const check::Result& ended) {
    if (::isatty(STDERR_FILENO) == 0) return;
    fmt::print(stderr, "\r\x1b[K[{}/{}] {}", done, total, ended.row->id);
    std::fflush(stderr);
    drawn_ = true;
  }

 private:
  bool drawn_ = false;
};

int list(const std::vector<const check::Row*>& rows, bool as_json) {
  if (as_json)
    fmt::print("{}\n", contract::dump(check::json_of(rows), 2));
  else
    fmt::print("{}", check::text_of(rows, terminal::may_colour(stdout)));
  return 0;
}

check::Session check_plugin(const Arguments& arguments, const std::vector<const check::Row*>& rows) {
  check::RunnerOptions options;
  options.program = run::trial_program();
  options.workers =
      arguments.jobs.value_or(static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
  if (arguments.timeout) options.limit = std::chrono::seconds(*arguments.timeout);

  const auto settings = plugin::Describer::default_settings();
  check::Order order;
  order.library = plugin::find_plugin(arguments.plugin, "", plugin::plugin_folders(settings.program));
  order.encoder = arguments.encoder;
  for (const std::string& option : arguments.options) order.options.push_back(key_and_value(option));
  order.rows = rows;
  order.seed = arguments.seed;
  Progress progress;
  return check::check_library(order, plugin::Describer(settings), options, std::ref(progress));
}

int check(const Arguments& arguments) {
  const auto rows = check::select_rows(arguments.only);
  if (arguments.list) return list(rows, arguments.json);
  if (arguments.plugin.empty())
    throw base::InputError("check: name a plugin, or a path to a library; `pebench list` shows the plugins");
  const check::Session session = check_plugin(arguments, rows);
  if (session.signal != 0) return 128 + session.signal;
  std::vector<CheckedPrice> prices;
  const bool measures = !arguments.no_price && arguments.only.empty() && !check::failed(session.report);
  if (measures) prices = checked_prices(session.report, run::trial_program());
  if (arguments.json) {
    auto json = check::json_of(session.report);
    json["prices"] = nlohmann::json::array();
    for (const CheckedPrice& price : prices) json["prices"].push_back(price.json);
    fmt::print("{}\n", contract::dump(json, 2));
    return check::failed(session.report) ? 1 : 0;
  }
  fmt::print("{}", check::text_of(session.report, terminal::may_colour(stdout)));
  for (const CheckedPrice& price : prices) fmt::print("{}\n", price.sentence);
  return check::failed(session.report) ? 1 : 0;
}

}  // namespace

void add_check(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app.add_subcommand("check", "Puts a plugin to what pebench.h promises and demands");
  verb->add_option("plugin", arguments->plugin, "A name, or a path to a library");
  verb->add_option("--encoder", arguments->encoder, "Only this one of its encoders");
  verb->add_option("--option", arguments->options,
                   "KEY=VALUE for the encoder, as in a suite; may be repeated")
      ->expected(1)
      ->take_all();
  verb->add_option(
          "--only", arguments->only,
          "Only checks whose ids begin with one of these words, separated by commas: life,library.loads")
      ->delimiter(',')
      ->expected(1)
      ->take_all();
  verb->add_option("--seed", arguments->seed, "Of the inputs and of the initial parameters")
      ->capture_default_str();
  verb->add_option("--jobs", arguments->jobs,
                   "Checks side by side; as many as there are processors by default")
      ->check(CLI::Range(1, 1024));
  verb->add_option("--timeout", arguments->timeout, "Seconds for each check, in place of its own limit")
      ->check(CLI::Range(1, 86400));
  verb->add_flag("--no-price", arguments->no_price,
                 "Do not time what the encoding costs, which is done when all checks are and none failed");
  verb->add_flag("--json", arguments->json, "Print the result as JSON");
  verb->add_flag("--list", arguments->list, "Print the checks, without a plugin");
  verb->footer(
      "Exit status: 0 if nothing failed (warnings are no failures), 1 if something failed, crashed or ran "
      "out of time, 2 if "
      "the plugin could not be checked.\n"
      "Example:\n  pebench check build/my_encoding.so --option init_std=0.1 --only life,meaning");
  verb->callback([arguments, &action] { action = [arguments] { return check(*arguments); }; });
}

}  // namespace pebench::cli
