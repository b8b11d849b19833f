#include "host/terminal/table.h"

#include <algorithm>

namespace pebench::terminal {
namespace {

constexpr std::size_t gap = 2;  // before every column

const char* code_of(Table::Style style) {
  switch (style) {
    case Table::Style::plain:
      return "";
    case Table::Style::bold:
      return "\x1b[1m";
    case Table::Style::dim:
      return "\x1b[2m";
    case Table::Style::red:
      return "\x1b[31m";
  }
  return "";
}

}  // namespace

std::string styled(const std::string& text, Table::Style style) {
  return style == Table::Style::plain ? text : code_of(style) + text + "\x1b[0m";
}

std::size_t display_width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

void Table::add_row(std::vector<std::string> cells, Style style) {
  cells.resize(columns_.size());
  rows_.push_back({std::move(cells), style});
}

std::vector<std::vector<std::size_t>> Table::parts(const std::vector<std::size_t>& widths,
                                                   std::optional<std::size_t> width) const {
  std::vector<std::vector<std::size_t>> parts;
  std::size_t used = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const std::size_t needed = gap + widths[i];
    if (parts.empty()) {
      parts.push_back({0});
      used = needed;
      continue;
    }
    // At least one column beside the first.
    if (width && used + needed > *width && parts.back().size() > 1) {
      parts.push_back({0});
      used = gap + widths[0];
    }
    parts.back().push_back(i);
    used += needed;
  }
  return parts;
}

std::string Table::line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                        const std::vector<std::size_t>& columns) const {
  std::string line;
  for (const std::size_t i : columns) {
    std::string padding(widths[i] - display_width(cells[i]), ' ');
    line +=
        std::string(gap, ' ') + (columns_[i].align == Align::left ? cells[i] + padding : padding + cells[i]);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string Table::text(bool colour, std::optional<std::size_t> width) const {
  std::vector<std::string> titles;
  std::vector<std::size_t> widths;
  for (const Column& column : columns_) {
    titles.push_back(column.title);
    widths.push_back(display_width(column.title));
  }
  for (const Row& row : rows_)
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      widths[i] = std::max(widths[i], display_width(row.cells[i]));

  std::string text;
  for (const auto& columns : parts(widths, width)) {
    if (!text.empty()) text += "\n";
    const std::string title_line = line(titles, widths, columns);
    text += (colour ? styled(title_line, Style::bold) : title_line) + "\n";
    for (const Row& row : rows_) {
      const std::string row_line = line(row.cells, widths, columns);
      text += (colour ? styled(row_line, row.style) : row_line) + "\n";
    }
  }
  return text;
}

}  // namespace pebench::terminal
