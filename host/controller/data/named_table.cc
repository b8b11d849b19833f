#include "host/controller/data/named_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace pebench::data {
namespace {

bool is_number(const Column& column) {
  return !column.empty() && column.find_first_not_of("0123456789") == std::string::npos;
}

/// The layout that a file looks like: the separator that its first row has most of outside quotes, and blanks
/// where it has no other.
Layout looks_like(std::string_view begin, bool header) {
  const std::string_view line = begin.substr(0, begin.find('\n'));
  if (!line.empty() && line.front() == '{') {
    const Layout json{Layout::Kind::json, "", true};
    return first_row(begin, json).empty() ? Layout{Layout::Kind::python, "", true} : json;
  }
  const auto count = [&](char c) {
    std::ptrdiff_t found = 0;
    bool quoted = false;
    for (const char d : line) {
      if (d == '"') quoted = !quoted;
      if (d == c && !quoted) ++found;
    }
    return found;
  };
  char most = ',';
  for (const char separator : {'\t', ';', '|'})
    if (count(separator) > count(most)) most = separator;
  if (count(most) == 0 && count(' ') > 0) most = ' ';
  return {most == '\t' ? Layout::Kind::separated : Layout::Kind::quoted, std::string(1, most), header};
}

/// How the rows of a file are written, for people.
std::string how(const Layout& layout) {
  if (layout.kind == Layout::Kind::json) return "JSON lines";
  if (layout.kind == Layout::Kind::python) return "Python's dictionaries";
  const std::string separator = layout.separator == "\t"  ? "tabs"
                                : layout.separator == " " ? "blanks"
                                                          : "'" + layout.separator + "'";
  return fmt::format("a table {} header, separated by {}", layout.header ? "with a" : "without", separator);
}

}  // namespace

Shape named_table(std::string_view begin, const NamedColumns& named, const std::optional<Layout>& layout) {
  const bool by_number = is_number(named.user) && is_number(named.item) &&
                         (named.time.empty() || is_number(named.time)) &&
                         std::all_of(named.features.begin(), named.features.end(),
                                     [](const EventFeature& feature) { return is_number(feature.column); });
  Shape shape;
  shape.layout = layout ? *layout : looks_like(begin, !by_number);
  if (shape.layout.kind == Layout::Kind::quoted || shape.layout.kind == Layout::Kind::separated)
    shape.layout.header = !by_number;
  shape.format = fmt::format("{}, columns {}, {}{}", how(shape.layout), named.user, named.item,
                             named.time.empty() ? "" : ", " + named.time);
  shape.user = named.user;
  shape.item = named.item;
  shape.time = named.time;
  shape.features = named.features;
  return shape;
}

bool has_columns(std::string_view begin, const Shape& shape) {
  const auto row = first_row(begin, shape.layout);
  const auto has = [&](const Column& column) {
    return column.empty() || std::find(row.begin(), row.end(), column) != row.end() ||
           (!shape.layout.header && std::stoul(column) <= row.size());
  };
  return has(shape.user) && has(shape.item) && has(shape.time);
}

}  // namespace pebench::data
