#include <algorithm>

#include "host/controller/report/dot_plot.h"
#include "host/controller/report/reporter.h"
#include "host/controller/report/sections.h"
#include "host/terminal/table.h"

namespace pebench::report {
namespace {

struct Look {
  bool colour;
  std::optional<std::size_t> width;  ///< of the terminal
};

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

std::string title_text(const std::string& title, bool colour) {
  return (colour ? terminal::styled(title, terminal::Table::Style::bold) : title) + "\n";
}

// Numbers are set under numbers: what follows them, marks included, is filled up with blanks.
std::string text_of(const TableBlock& block, const Look& look) {
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
  return title_text(block.title, look.colour) + table.text(look.colour, look.width) + "\n";
}

std::string text_of(const Heading& heading, const Look& look) {
  return title_text(heading.text, look.colour) + "\n";
}

std::string text_of(const Figure& figure, const Look& look) {
  return title_text(figure.title, look.colour) + dot_plot(figure) + figure.caption + "\n";
}

std::string text_of(const Paragraph& paragraph, const Look&) { return paragraph.text + "\n"; }

bool ends_with_blank_line(const std::string& text) {
  return text.size() >= 2 && text.compare(text.size() - 2, 2, "\n\n") == 0;
}

}  // namespace

std::string as_text(const Document& document, bool colour, std::optional<std::size_t> width) {
  const Look look{colour, width};
  std::string text;
  bool after_paragraph = false;
  for (const Block& block : document) {
    const bool is_paragraph = std::holds_alternative<Paragraph>(block);
    const bool goes_on = text.empty() || (after_paragraph && is_paragraph);
    if (!goes_on && !ends_with_blank_line(text)) text += "\n";
    text += std::visit([&look](const auto& any) { return text_of(any, look); }, block);
    after_paragraph = is_paragraph;
  }
  return text;
}

namespace {

Reporter reporter_of(Document (*compose)(const SuiteReport&), bool colour, std::optional<std::size_t> width) {
  return [compose, colour, width](const std::vector<SuiteReport>& reports) {
    std::string text;
    for (const SuiteReport& report : reports)
      text += (text.empty() ? "" : "\n") + as_text(compose(report), colour, width);
    return text;
  };
}

}  // namespace

Reporter text_reporter(bool colour, std::optional<std::size_t> width) {
  return reporter_of(compose, colour, width);
}
Reporter summary_reporter(bool colour, std::optional<std::size_t> width) {
  return reporter_of(compose_summary, colour, width);
}

}  // namespace pebench::report
