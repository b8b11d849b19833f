#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/controller/cli/data_description.h"
#include "host/controller/cli/data_verbs.h"
#include "host/controller/data/import.h"
#include "host/controller/data/shapes.h"
#include "host/terminal/colour.h"

namespace pebench::cli {
namespace {

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

}  // namespace

void add_data_import(CLI::App& data, Action& action) {
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

}  // namespace pebench::cli
