#include "host/terminal/table.h"

#include <algorithm>

namespace pebench::terminal {
namespace {

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

std::string Table::line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) const {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    std::string padding(widths[i] - display_width(cells[i]), ' ');
    line += "  " + (columns_[i].align == Align::left ? cells[i] + padding : padding + cells[i]);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string Table::text(bool colour) const {
  std::vector<std::string> titles;
  std::vector<std::size_t> widths;
  for (const Column& column : columns_) {
    titles.push_back(column.title);
    widths.push_back(display_width(column.title));
  }
  for (const Row& row : rows_)
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      widths[i] = std::max(widths[i], display_width(row.cells[i]));

  std::string title_line = line(titles, widths);
  std::string text = (colour ? styled(title_line, Style::bold) : title_line) + "\n";
  for (const Row& row : rows_) {
    std::string row_line = line(row.cells, widths);
    text += (colour ? styled(row_line, row.style) : row_line) + "\n";
  }
  return text;
}

}  // namespace pebench::terminal
