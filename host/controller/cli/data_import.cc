#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/controller/cli/data_description.h"
#include "host/controller/cli/data_verbs.h"
#include "host/controller/cli/data_work.h"
#include "host/controller/cli/recipe_options.h"
#include "host/controller/data/field_reader.h"
#include "host/controller/data/import.h"
#include "host/controller/data/shapes.h"
#include "host/terminal/colour.h"

namespace pebench::cli {
namespace {

/// "user=visitor,item=page,timestamp=time,rating=stars": the fourth is a feature of events.
data::NamedColumns columns_of(const std::vector<std::string>& words) {
  data::NamedColumns named;
  const std::map<std::string, data::Column*> parts = {
      {"user", &named.user}, {"item", &named.item}, {"timestamp", &named.time}};
  std::set<std::string> keys, columns;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    const std::string key = word.substr(0, equals);
    if (equals == std::string::npos || equals + 1 == word.size() || key.empty())
      throw base::InputError(fmt::format(
          "--columns: \"{}\" is none of user=COLUMN, item=COLUMN, timestamp=COLUMN and FEATURE=COLUMN",
          word));
    const std::string column = word.substr(equals + 1);
    if (!keys.insert(key).second) throw base::InputError(fmt::format("--columns: {} is named twice", key));
    if (!columns.insert(column).second)
      throw base::InputError(
          fmt::format("--columns: the column {} is named twice: give each its own", column));
    if (const auto part = parts.find(key); part != parts.end())
      *part->second = column;
    else
      named.features.push_back(data::named_feature(column, key));
  }
  if (named.user.empty() || named.item.empty())
    throw base::InputError(
        "--columns: name the column of the user and that of the item, user=NAME,item=NAME");
  for (const auto& feature : named.features) {
    data::require_field_name(feature.name, "--columns");
    if (feature.name == data::date_context)
      throw base::InputError(
          "--columns: date is what a suite calls the time's own features: name the column otherwise");
  }
  return named;
}

/// "image=images.npy", all with the same items.
std::vector<data::Vectors> vectors_of(const std::vector<std::string>& words, const std::string& items) {
  if (!words.empty() && items.empty())
    throw base::InputError("--vectors: name the items of the rows, --vector-items FILE");
  std::vector<data::Vectors> all;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == word.size())
      throw base::InputError(fmt::format("--vectors: \"{}\" is no NAME=FILE.npy", word));
    all.push_back({word.substr(0, equals), word.substr(equals + 1), items});
  }
  return all;
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
    std::vector<std::string> files, columns, vectors;
    std::string interactions, vector_items, items, out, format, line_order = "keep";
    data::Reading reading;
    RecipeOptions recipe;
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
          "timestamp the order of lines is the order of events; any other name makes a feature of events, "
          "rating=stars, but for negatives=COLUMN, the items that an event's own is ranked among")
      ->delimiter(',');
  verb->add_option("--format", arguments->format, "How rows are written, with --columns")
      ->check(CLI::IsMember({"csv", "semicolon", "tsv", "json", "python"}))
      ->needs("--columns");
  verb->add_option("--time-format", arguments->reading.time_format,
                   "How times are written, in the letters of strptime, as %d.%m.%Y %H:%M");
  verb->add_option("--time-unit", arguments->reading.time_unit,
                   "Unit of unix times, where it is not to be told from all of them")
      ->check(CLI::IsMember({"s", "ms", "us", "ns"}));
  auto* vectors = verb->add_option("--vectors", arguments->vectors,
                                   "Dense fields of items as NumPy saves them, image=images.npy: an array of "
                                   "16 or 32-bit numbers, a row for "
                                   "each item of --vector-items");
  verb->add_option("--vector-items", arguments->vector_items,
                   "A text that names the item of each row of --vectors, a line each")
      ->needs(vectors);
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
  arguments->recipe.add_to(*verb);
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
      a.reading.vectors = vectors_of(a.vectors, a.vector_items);
      std::vector<data::GivenFile> files;
      for (const std::string& file : a.files) files.push_back({file});
      if (files.empty())
        files = data::own_files(
            {a.interactions, a.items.empty() ? std::nullopt : std::optional<std::filesystem::path>(a.items)});
      std::vector<std::filesystem::path> paths;
      for (const data::GivenFile& file : files) paths.push_back(file.path);
      std::vector<std::string> notes;
      const int ended = DataWork(paths).run([&](DataWork& work) {
        a.reading.on_read = [&work](std::int64_t bytes) { work.on_read(bytes); };
        notes = data::import_files(
            files, a.reading, a.out,
            {line_order, a.recipe.recipe(), a.recipe.report(), [&work] { work.checkpoint(); }});
      });
      if (ended != 0) return ended;
      for (const std::string& note : notes) fmt::print("{}\n", note);
      fmt::print("{}", text_of(data::describe(data::Dataset::open(a.out, {})), terminal::may_colour(stdout)));
      return 0;
    };
  });
}

}  // namespace pebench::cli
