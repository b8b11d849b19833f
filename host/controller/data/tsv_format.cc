#include "host/controller/data/tsv_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/controller/data/field_reader.h"
#include "host/controller/data/lines.h"

namespace pebench::data {
namespace {

constexpr std::string_view header = "user\titem\ttimestamp";
constexpr std::int64_t earliest_time = -17987443200;  // 1400-01-01
constexpr std::int64_t latest_time = 253402300799;    // 9999-12-31 23:59:59

struct Interaction {
  std::string_view user, item;
  std::int64_t time;
};

/// Names in order of first appearance.
class Numbering {
 public:
  std::int64_t number(std::string_view name) {
    const auto [entry, is_new] =
        numbers_.try_emplace(std::string(name), static_cast<std::int64_t>(names.size()));
    if (is_new) names.push_back(entry->first);
    return entry->second;
  }
  std::optional<std::int64_t> find(const std::string& name) const {
    const auto entry = numbers_.find(name);
    return entry == numbers_.end() ? std::nullopt : std::optional(entry->second);
  }
  std::vector<std::string> names;

 private:
  std::unordered_map<std::string, std::int64_t> numbers_;
};

Interaction parse(std::string_view line, const std::string& place) {
  const auto first = line.find('\t');
  const auto second = first == std::string_view::npos ? first : line.find('\t', first + 1);
  if (second == std::string_view::npos || line.find('\t', second + 1) != std::string_view::npos)
    throw base::InputError(fmt::format(
        "{}: expected three columns separated by tabs (user, item, timestamp), found '{:.60}'", place, line));
  Interaction event{line.substr(0, first), line.substr(first + 1, second - first - 1), 0};
  const auto time = line.substr(second + 1);
  if (event.user.empty() || event.item.empty())
    throw base::InputError(fmt::format("{}: the {} is empty in '{:.60}': give every event both", place,
                                       event.user.empty() ? "user" : "item", line));
  const auto [end, error] = std::from_chars(time.data(), time.data() + time.size(), event.time);
  if (error == std::errc::invalid_argument || end != time.data() + time.size())
    throw base::InputError(fmt::format(
        "{}: the timestamp '{:.60}' is not a whole number: write unix time in seconds", place, time));
  // The years that the calendar knows; milliseconds land beyond them.
  if (error == std::errc::result_out_of_range || event.time < earliest_time || event.time > latest_time)
    throw base::InputError(
        fmt::format("{}: the timestamp {:.60} is outside the years 1400 to 9999: write unix time in seconds, "
                    "not in milliseconds",
                    place, time));
  return event;
}

void read_interactions(const std::filesystem::path& path, Numbering& users, Numbering& items,
                       Columns& columns) {
  Lines lines(path);
  std::string line;
  lines.next(line);  // the header, by which the format was recognised
  std::vector<std::vector<std::pair<std::int64_t, Item>>> histories;
  while (lines.next(line)) {
    const auto event = parse(line, lines.place());
    const auto user = static_cast<std::size_t>(users.number(event.user));
    if (user == histories.size()) histories.emplace_back();
    histories[user].emplace_back(event.time, static_cast<Item>(items.number(event.item) + 1));
  }
  if (histories.empty())
    throw base::InputError(
        fmt::format("{}:1: there are no events after the header: give one a line", path.string()));
  columns.offsets.push_back(0);
  for (auto& history : histories) {
    std::stable_sort(history.begin(), history.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [time, item] : history) {
      columns.times.push_back(time);
      columns.items.push_back(item);
    }
    columns.offsets.push_back(static_cast<std::int64_t>(columns.items.size()));
  }
}

void read_items(const std::filesystem::path& path, const Numbering& items, Columns& columns) {
  Lines lines(path);
  std::string line;
  FieldReader fields(static_cast<std::int64_t>(items.names.size()));
  std::vector<bool> seen(items.names.size(), false);
  bool is_empty = true;
  while (lines.next(line)) {
    is_empty = false;
    nlohmann::json row;
    try {
      row = nlohmann::json::parse(line);
    } catch (const nlohmann::json::exception&) {
      throw base::InputError(
          fmt::format("{}: not a JSON object: write one object a line, found '{:.60}'", lines.place(), line));
    }
    if (!row.is_object() || !row.contains("item") || !row["item"].is_string())
      throw base::InputError(fmt::format(
          "{}: expected an object with the item's id as text, {{\"item\": \"id\", ...}}, found '{:.60}'",
          lines.place(), line));
    const std::string id = row["item"];
    row.erase("item");
    const auto index = items.find(id);
    if (!index) continue;
    if (seen[*index])
      throw base::InputError(
          fmt::format("{}: item '{}' has a row already: keep one of them", lines.place(), id));
    seen[*index] = true;
    for (const auto& [name, value] : row.items())
      fields.add(static_cast<Item>(*index + 1), name, value, lines.place());
  }
  if (is_empty)
    throw base::InputError(fmt::format("{}:1: the file is empty: write one object a line", path.string()));
  columns.fields = fields.columns();
}

/// folder/name or folder/name.gz, whichever is there.
std::optional<std::filesystem::path> text_file(const std::filesystem::path& folder, const std::string& name) {
  for (const auto& candidate : {folder / name, folder / (name + ".gz")})
    if (base::exists(candidate)) return candidate;
  return std::nullopt;
}

std::optional<Source> find(const std::filesystem::path& folder) {
  const auto interactions = text_file(folder, "interactions.tsv");
  if (!interactions) return std::nullopt;
  return Source{*interactions, text_file(folder, "items.jsonl")};
}

bool recognise(std::string_view first_line) { return first_line == header; }

Columns read_tsv(const Source& source) {
  Columns columns;
  Numbering users, items;
  read_interactions(source.interactions, users, items, columns);
  if (source.items) read_items(*source.items, items, columns);
  columns.user_ids = std::move(users.names);
  columns.item_ids = std::move(items.names);
  return columns;
}

}  // namespace

Format tsv_format() {
  return {"tsv",
          "interactions.tsv or interactions.tsv.gz",
          "the header 'user<tab>item<tab>timestamp', then an event a line",
          find,
          recognise,
          read_tsv};
}

}  // namespace pebench::data
