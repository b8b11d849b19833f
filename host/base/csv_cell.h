#pragma once

#include <string>
#include <string_view>

namespace pebench::base {

/// Adds a cell of a CSV to a row, in quotes where it needs them (RFC 4180).
inline void add_csv_cell(std::string& row, std::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    row += cell;
    return;
  }
  row += '"';
  for (const char c : cell) {
    if (c == '"') row += '"';
    row += c;
  }
  row += '"';
}

}  // namespace pebench::base
