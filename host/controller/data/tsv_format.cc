#include "host/controller/data/tsv_format.h"

#include <fmt/format.h>

#include <charconv>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/controller/data/event_collector.h"
#include "host/controller/data/items_jsonl.h"
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

void read_interactions(const std::filesystem::path& path, EventCollector& events) {
  TextFile file(path);
  Lines lines(file);
  std::string_view line;
  lines.next(line);  // the header, by which the format was recognised
  while (lines.next(line)) {
    const auto event = parse(line, lines.place());
    events.add(event.user, event.item, {event.time, 0}, {&path, lines.number()});
  }
  if (events.count() == 0)
    throw base::InputError(
        fmt::format("{}:1: there are no events after the header: give one a line", path.string()));
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
  EventCollector events;
  read_interactions(source.interactions, events);
  std::vector<FieldColumn> fields;
  if (source.items) {
    TextFile file(*source.items);
    ItemCollector items(events.items());
    read_items_jsonl(file, items);
    items.matched(file.path());
    fields = items.columns();
  }
  Columns columns = events.take(1);
  columns.fields = std::move(fields);
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
