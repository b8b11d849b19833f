#include <algorithm>

#include "host/controller/report/reporter.h"
#include "host/controller/report/sections.h"
#include "host/terminal/table.h"

namespace pebench::report {
namespace {

bool any_mark(const TableBlock& block, std::size_t column) {
  return std::any_of(block.rows.begin(), block.rows.end(),
                     [column](const Row& row) { return row.cells[column].significant; });
}

std::size_t tail_width(const TableBlock& block, std::size_t column) {
  std::size_t width = 0;
  for (const Row& row : block.rows) width = std::max(width, terminal::display_width(row.cells[column].tail));
  return width;
}

terminal::Table::Style style_of(Row::Tone tone) {
  switch (tone) {
    case Row::Tone::plain:
      return terminal::Table::Style::plain;
    case Row::Tone::reference:
      return terminal::Table::Style::dim;
    case Row::Tone::failed:
      return terminal::Table::Style::red;
  }
  return terminal::Table::Style::plain;
}

// Numbers are set under numbers: what follows them, marks included, is filled up with blanks.
std::string text_of(const TableBlock& block, bool colour) {
  std::vector<terminal::Table::Column> columns;
  for (const Column& column : block.columns)
    columns.push_back(
        {column.title, column.is_text ? terminal::Table::Align::left : terminal::Table::Align::right});
  terminal::Table table(columns);
  for (const Row& row : block.rows) {
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const Cell& cell = row.cells[i];
      std::string text = cell.text;
      if (any_mark(block, i)) text += cell.significant ? "*" : " ";
      text += cell.tail + std::string(tail_width(block, i) - terminal::display_width(cell.tail), ' ');
      cells.push_back(std::move(text));
    }
    table.add_row(std::move(cells), style_of(row.tone));
  }
  return (colour ? terminal::styled(block.title, terminal::Table::Style::bold) : block.title) + "\n" +
         table.text(colour) + "\n";
}

std::string text_of(const Heading& heading, bool colour) {
  return (colour ? terminal::styled(heading.text, terminal::Table::Style::bold) : heading.text) + "\n\n";
}

std::string text_of(const Paragraph& paragraph, bool) { return paragraph.text + "\n"; }

}  // namespace

std::string as_text(const Document& document, bool colour) {
  std::string text;
  bool after_paragraph = false;
  for (const Block& block : document) {
    const bool is_paragraph = std::holds_alternative<Paragraph>(block);
    if (after_paragraph && !is_paragraph) text += "\n";
    text += std::visit([colour](const auto& any) { return text_of(any, colour); }, block);
    after_paragraph = is_paragraph;
  }
  return text;
}

Reporter text_reporter(bool colour) {
  return [colour](const std::vector<SuiteReport>& reports) {
    std::string text;
    for (const SuiteReport& report : reports)
      text += (text.empty() ? "" : "\n") + as_text(compose(report), colour);
    return text;
  };
}

}  // namespace pebench::report
