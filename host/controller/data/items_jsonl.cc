#include "host/controller/data/items_jsonl.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/controller/data/lines.h"

namespace pebench::data {
namespace {

nlohmann::json object_of(std::string_view line, const Lines& lines) {
  nlohmann::json row = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (row.is_discarded())
    for (const char* word : {"NaN", "Infinity"})
      if (line.find(word) != std::string_view::npos)
        throw base::InputError(
            fmt::format("{}: {} is no value of JSON: write null for what is not known, found "
                        "'{:.60}'",
                        lines.place(), word, line));
  if (row.is_discarded())
    throw base::InputError(
        fmt::format("{}: not a JSON object: write one object a line, found '{:.60}'", lines.place(), line));
  if (!row.is_object() || !row.contains("item") || !row["item"].is_string())
    throw base::InputError(fmt::format(
        "{}: expected an object with the item's id as text, {{\"item\": \"id\", ...}}, found '{:.60}'",
        lines.place(), line));
  return row;
}

}  // namespace

void read_items_jsonl(TextFile& file, ItemCollector& items) {
  Lines lines(file);
  bool is_empty = true;
  for (std::string_view line; lines.next(line);) {
    is_empty = false;
    nlohmann::json row = object_of(line, lines);
    const std::string id = row["item"];
    row.erase("item");
    if (!items.begin(id, lines.place())) continue;
    for (const auto& [name, value] : row.items()) items.add(name, value, lines.place());
  }
  if (is_empty)
    throw base::InputError(
        fmt::format("{}:1: the file is empty: write one object a line", file.path().string()));
}

}  // namespace pebench::data
