#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <string>
#include <vector>

#include "host/contract/fields.h"
#include "host/controller/cli/data_verbs.h"
#include "host/controller/data/catalogue.h"
#include "host/terminal/colour.h"
#include "host/terminal/table.h"

namespace pebench::cli {
namespace {

nlohmann::json json_of(const std::vector<data::Entry>& entries) {
  auto all = nlohmann::json::array();
  for (const data::Entry& entry : entries)
    all.push_back({{"name", entry.name}, {"folder", entry.folder.string()}, {"imported", entry.imported}});
  return all;
}

std::string text_of(const std::vector<data::Entry>& entries, bool colour) {
  if (entries.empty()) {
    std::vector<std::string> folders;
    for (const auto& folder : data::data_folders()) folders.push_back(folder.string());
    return fmt::format(
        "no data set in {}; PEBENCH_DATA names more folders, `pebench data import` makes one\n",
        fmt::join(folders, ", "));
  }
  using Align = terminal::Table::Align;
  terminal::Table table({{"data set", Align::left}, {"", Align::left}, {"folder", Align::left}});
  for (const data::Entry& entry : entries)
    table.add_row({entry.name, entry.imported ? "imported" : "raw", entry.folder.string()});
  return table.text(colour);
}

}  // namespace

void add_data_list(CLI::App& data, Action& action) {
  auto json = std::make_shared<bool>(false);
  CLI::App* verb = data.add_subcommand(
      "list", "Lists the data sets that suites can call by name, those of PEBENCH_DATA and your own");
  verb->add_flag("--json", *json, "Print it as JSON");
  verb->footer("Example:\n  PEBENCH_DATA=~/data pebench data list");
  verb->callback([json, &action] {
    action = [json] {
      const auto all = data::all_data_sets();
      fmt::print("{}",
                 *json ? contract::dump(json_of(all), 2) + "\n" : text_of(all, terminal::may_colour(stdout)));
      return 0;
    };
  });
}

}  // namespace pebench::cli
