#include "host/controller/cli/verb_data.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/contract/fields.h"
#include "host/controller/data/catalogue.h"
#include "host/controller/data/describe.h"
#include "host/controller/data/import.h"
#include "host/controller/data/shapes.h"
#include "host/controller/data/synthetic.h"
#include "host/terminal/colour.h"
#include "host/terminal/table.h"

namespace pebench::cli {
namespace {

std::string text_of(const data::Description& found, bool colour) {
  using Align = terminal::Table::Align;
  terminal::Table table({{"", Align::left}, {"", Align::right}});
  const auto percent = [](double share) { return fmt::format("{:.2f} %", 100.0 * share); };
  table.add_row({"users", std::to_string(found.users)});
  table.add_row({"items", std::to_string(found.items)});
  table.add_row({"events", std::to_string(found.events)});
  table.add_row({"the same event again (user, item, second)", std::to_string(found.repeated_events)});
  table.add_row({"density", fmt::format("{:.4f} %", 100.0 * found.density)});
  table.add_row({"events per user: shortest", std::to_string(found.shortest)});
  table.add_row({"median", fmt::format("{:g}", found.median_length)});
  table.add_row({"mean", fmt::format("{:.2f}", found.mean_length)});
  table.add_row({"longest", std::to_string(found.longest)});
  table.add_row({"first day (UTC)", found.first_day});
  table.add_row({"last day (UTC)", found.last_day});
  table.add_row({"events that tie in time within a user", percent(found.share_tied_events)});
  table.add_row({"users whose last two events tie", percent(found.share_last_two_tied)});
  table.add_row({"test events whose item is a repeat", percent(found.share_repeated_targets)});
  for (const auto& field : found.fields)
    table.add_row({fmt::format("attribute '{}'", field.name),
                   fmt::format("{} {}", field.width, field.sparse ? "sparse" : "dense")});
  table.add_row({"hash", found.hash.substr(0, 16)});
  return table.text(colour);
}

nlohmann::json json_of(const data::Description& found) {
  auto fields = nlohmann::json::array();
  for (const auto& field : found.fields)
    fields.push_back(
        {{"name", field.name}, {"kind", field.sparse ? "sparse" : "dense"}, {"width", field.width}});
  return {{"users", found.users},
          {"items", found.items},
          {"events", found.events},
          {"density", found.density},
          {"shortest", found.shortest},
          {"median_length", found.median_length},
          {"mean_length", found.mean_length},
          {"longest", found.longest},
          {"first_day", found.first_day},
          {"last_day", found.last_day},
          {"repeated_events", found.repeated_events},
          {"share_tied_events", found.share_tied_events},
          {"share_last_two_tied", found.share_last_two_tied},
          {"share_repeated_targets", found.share_repeated_targets},
          {"fields", fields},
          {"hash", found.hash}};
}

/// "user=visitor,item=page,timestamp=time"
data::NamedColumns columns_of(const std::vector<std::string>& words) {
  data::NamedColumns named;
  const std::pair<const char*, data::Column*> parts[] = {
      {"user", &named.user}, {"item", &named.item}, {"timestamp", &named.time}};
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    const std::string key = word.substr(0, equals);
    const auto part = std::find_if(std::begin(parts), std::end(parts),
                                   [&](const auto& known) { return key == known.first; });
    if (part != std::end(parts) && !part->second->empty())
      throw base::InputError(fmt::format("--columns: {} is named twice", key));
    if (equals == std::string::npos || equals + 1 == word.size() || part == std::end(parts))
      throw base::InputError(
          fmt::format("--columns: \"{}\" is none of user=COLUMN, item=COLUMN and timestamp=COLUMN", word));
    *part->second = word.substr(equals + 1);
  }
  if (named.user.empty() || named.item.empty())
    throw base::InputError(
        "--columns: name the column of the user and that of the item, user=NAME,item=NAME");
  if (named.user == named.item || named.user == named.time || named.item == named.time)
    throw base::InputError(
        "--columns: user, item and timestamp are columns of their own, one is named twice");
  return named;
}

/// The word of --format.
data::Layout layout_of(const std::string& word) {
  using Kind = data::Layout::Kind;
  const std::map<std::string, data::Layout> known = {{"csv", {Kind::quoted, ",", true}},
                                                     {"tsv", {Kind::separated, "\t", true}},
                                                     {"semicolon", {Kind::quoted, ";", true}},
                                                     {"json", {Kind::json, "", true}},
                                                     {"python", {Kind::python, "", true}}};
  return known.at(word);
}

void add_import(CLI::App& data, Action& action) {
  struct Arguments {
    std::vector<std::string> files, columns;
    std::string interactions, items, out, format, line_order = "keep";
    data::Reading reading;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = data.add_subcommand(
      "import", "Reads the files of a data set, of whatever format, into one that opens at once");
  auto* files = verb->add_option(
      "files", arguments->files,
      "Events and, if you have it, what is known of items, told by their content: " + data::known_shapes() +
          ", or a table with --columns; may be gzip");
  verb->add_option(
          "--columns", arguments->columns,
          "The columns of a table, by name or number: user=visitor,item=page,timestamp=time; without "
          "timestamp the order of lines is the order of events")
      ->delimiter(',');
  verb->add_option("--format", arguments->format, "How rows are written, with --columns")
      ->check(CLI::IsMember({"csv", "semicolon", "tsv", "json", "python"}))
      ->needs("--columns");
  verb->add_option("--time-format", arguments->reading.time_format,
                   "How times are written, in the letters of strptime, as %d.%m.%Y %H:%M");
  verb->add_option("--time-unit", arguments->reading.time_unit,
                   "Unit of unix times, where it is not to be told from all of them")
      ->check(CLI::IsMember({"s", "ms", "us", "ns"}));
  auto* interactions =
      verb->add_option("--interactions", arguments->interactions,
                       "In pebench's own format: user, item, timestamp in unix seconds, with "
                       "tabs between");
  interactions->excludes(files)->excludes("--columns")->excludes("--time-unit")->excludes("--time-format");
  verb->add_option("--items", arguments->items,
                   "In pebench's own format: a JSON object a line, \"item\" and its attributes")
      ->needs(interactions);
  verb->add_option(
          "--line-order", arguments->line_order,
          "Whether the order of lines means anything. keep: a user's events of one second stay as the "
          "file has them; ignore: they are shuffled by their names, and the data set is the same "
          "whatever the order of lines")
      ->check(CLI::IsMember({"keep", "ignore"}))
      ->capture_default_str();
  verb->add_option("--out", arguments->out, "The folder to make")->required();
  verb->footer(
      "Example:\n  pebench data import ratings.csv movies.csv --out data/films\n"
      "  pebench data import clicks.csv --columns user=visitor,item=page,timestamp=time --out data/clicks");
  verb->callback([arguments, &action] {
    action = [arguments] {
      auto& a = *arguments;
      const auto line_order = a.line_order == "ignore" ? data::LineOrder::ignore : data::LineOrder::keep;
      if (a.files.empty() && a.interactions.empty())
        throw base::InputError("name the files to import: pebench data import FILE... --out FOLDER");
      if (!a.columns.empty()) a.reading.columns = columns_of(a.columns);
      if (!a.format.empty()) a.reading.layout = layout_of(a.format);
      std::vector<data::GivenFile> files;
      for (const std::string& file : a.files) files.push_back({file});
      if (files.empty())
        files = data::own_files(
            {a.interactions, a.items.empty() ? std::nullopt : std::optional<std::filesystem::path>(a.items)});
      const auto notes = data::import_files(files, a.reading, a.out, line_order);
      for (const std::string& note : notes) fmt::print("{}\n", note);
      fmt::print("{}", text_of(data::describe(data::Dataset::open(a.out, {})), terminal::may_colour(stdout)));
      return 0;
    };
  });
}

/// "position: the order of events tells the next; ..."
std::string signal_help() {
  std::vector<std::string> parts;
  for (const data::Signal& signal : data::signals())
    parts.push_back(fmt::format("{}: {}", signal.name, signal.asks));
  return fmt::format("{}", fmt::join(parts, "; "));
}

void add_synthesise(CLI::App& data, Action& action) {
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
  verb->add_option("--out", arguments->out, "The folder to make")->required();
  verb->footer(
      "Example:\n  pebench data synthesise --signal none --users 3000 --items 5000 --out data/noise");
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

void add_info(CLI::App& data, Action& action) {
  struct Arguments {
    std::string path;
    std::vector<std::string> attributes;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = data.add_subcommand("info", "Describes a data set: sizes, lengths, time span, ties");
  verb->add_option("path", arguments->path,
                   "A folder, imported or raw, or the name of one that `pebench data list` shows")
      ->required();
  verb->add_option("--attributes", arguments->attributes, "Attributes to count into the hash")
      ->delimiter(',');
  verb->add_flag("--json", arguments->json, "Print it as JSON");
  verb->footer("Example:\n  pebench data info amazon_beauty");
  verb->callback([arguments, &action] {
    action = [arguments] {
      const auto folder = data::imported(data::resolve(arguments->path, base::working_folder()));
      const auto found = data::describe(data::Dataset::open(folder, arguments->attributes));
      if (arguments->json)
        fmt::print("{}\n", contract::dump(json_of(found), 2));
      else
        fmt::print("{}", text_of(found, terminal::may_colour(stdout)));
      return 0;
    };
  });
}

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

void add_list(CLI::App& data, Action& action) {
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

}  // namespace

void add_data(CLI::App& app, Action& action) {
  CLI::App* data = app.add_subcommand("data", "Imports, generates, describes and lists data sets");
  data->require_subcommand(1);
  data->footer("Example:\n  pebench data info amazon_beauty");
  add_import(*data, action);
  add_synthesise(*data, action);
  add_info(*data, action);
  add_list(*data, action);
}

}  // namespace pebench::cli
