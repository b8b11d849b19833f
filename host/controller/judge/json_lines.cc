#include "host/controller/judge/json_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "host/base/error.h"

namespace pebench::judge {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view without_mark(std::string_view text) {
  if (text.substr(0, byte_order_mark.size()) == byte_order_mark) text.remove_prefix(byte_order_mark.size());
  return text;
}

/// The line with NaN, Infinity and -Infinity as texts, which JSON has.
std::string with_quoted_non_finite(std::string_view line) {
  constexpr std::string_view words[] = {"NaN", "-Infinity", "Infinity"};
  std::string text;
  bool within = false;
  for (std::size_t at = 0; at < line.size();) {
    if (within && line[at] == '\\' && at + 1 < line.size()) {
      text += line.substr(at, 2);
      at += 2;
      continue;
    }
    if (line[at] == '"') within = !within;
    std::string_view word;
    for (const std::string_view candidate : words)
      if (!within && line.substr(at, candidate.size()) == candidate) word = candidate;
    if (word.empty()) {
      text += line[at++];
    } else {
      text += fmt::format("\"{}\"", word);
      at += word.size();
    }
  }
  return text;
}

class JsonLinesReader {
 public:
  explicit JsonLinesReader(const std::string& file) : sheet_{file, {}, {}} {}

  void add(std::string_view line, std::int64_t number) {
    const Cell place{{}, number, 1};
    nlohmann::ordered_json object;
    try {
      object = nlohmann::ordered_json::parse(with_quoted_non_finite(line));
    } catch (const nlohmann::json::parse_error&) {
      refuse(sheet_.file, place,
             fmt::format("{} is no JSON object; write one a line, as {{\"model\": \"a\", \"seed\": 1, "
                         "\"ndcg\": 0.05}}",
                         in_quotes(line)));
    } catch (const nlohmann::json::out_of_range&) {
      refuse(sheet_.file, place,
             fmt::format("{} holds a number that is too large for 64 bits; leave it out where there is none",
                         in_quotes(line)));
    }
    if (!object.is_object())
      refuse(sheet_.file, place,
             "this is JSON, but no object; write an object a line (jq -c '.[]' makes them of a list)");
    if (object.empty()) return;
    std::vector<Cell> row(sheet_.header.size(), place);
    for (const auto& [key, value] : object.items()) {
      const std::size_t column = column_of(key, place);
      if (column == row.size()) row.push_back(place);
      row[column].text = text_of(key, value, place);
    }
    sheet_.rows.push_back(std::move(row));
  }

  Sheet finish() {
    for (auto& row : sheet_.rows) row.resize(sheet_.header.size(), {{}, row.front().line, 1});
    return std::move(sheet_);
  }

 private:
  std::size_t column_of(const std::string& key, const Cell& place) {
    const auto [found, is_new] = columns_.emplace(key, sheet_.header.size());
    if (is_new) sheet_.header.push_back({key, place.line, 1});
    return found->second;
  }

  std::string text_of(const std::string& key, const nlohmann::ordered_json& value, const Cell& place) const {
    if (value.is_null()) return {};
    if (value.is_string()) return value.get<std::string>();
    if (value.is_structured())
      refuse(sheet_.file, place,
             fmt::format("{} is a list or an object; write its numbers under keys of their own",
                         in_quotes(key)));
    return value.dump();
  }

  Sheet sheet_;
  std::map<std::string, std::size_t> columns_;
};

}  // namespace

bool looks_like_json(std::string_view text) {
  text = without_mark(text);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

Sheet read_json_lines(std::string_view text, const std::string& file) {
  text = without_mark(text);
  JsonLinesReader reader(file);
  std::int64_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) reader.add(line, number);
  }
  return reader.finish();
}

}  // namespace pebench::judge
