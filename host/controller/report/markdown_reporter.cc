#include <fmt/format.h>

#include "host/controller/report/dot_plot.h"
#include "host/controller/report/reporter.h"
#include "host/controller/report/sections.h"

namespace pebench::report {
namespace {

/// Keeps what Markdown would take for markup or for the end of a cell.
std::string escaped(const std::string& text) {
  std::string result;
  for (char c : text) {
    if (c == '|' || c == '*' || c == '_' || c == '`' || c == '<' || c == '>' || c == '\\' || c == '[' ||
        c == ']')
      result += '\\';
    result += c;
  }
  return result;
}

std::string markdown_of(const Cell& cell) {
  std::string text = escaped(cell.text);
  if (cell.best) text = "**" + text + "**";
  if (cell.significant) text += "\\*";
  return text + escaped(cell.tail);
}

std::string markdown_of(const TableBlock& block) {
  std::string text = fmt::format("### {}\n\n|", escaped(block.title));
  for (const Column& column : block.columns) text += fmt::format(" {} |", escaped(column.title));
  text += "\n|";
  for (const Column& column : block.columns) text += column.is_text ? " --- |" : " ---: |";
  for (const Row& row : block.rows) {
    text += "\n|";
    for (const Cell& cell : row.cells) text += fmt::format(" {} |", markdown_of(cell));
  }
  return text + "\n";
}

std::string markdown_of(const Figure& figure) {
  return fmt::format("### {}\n\n```text\n{}```\n\n{}\n", escaped(figure.title), dot_plot(figure),
                     escaped(figure.caption));
}

std::string markdown_of(const Heading& heading) { return fmt::format("## {}\n", escaped(heading.text)); }
std::string markdown_of(const Paragraph& paragraph) { return escaped(paragraph.text) + "\n"; }

}  // namespace

std::string as_markdown(const Document& document) {
  std::string text;
  for (const Block& block : document) {
    if (!text.empty()) text += "\n";
    text += std::visit([](const auto& any) { return markdown_of(any); }, block);
  }
  return text;
}

Reporter markdown_reporter() {
  return [](const std::vector<SuiteReport>& reports) {
    std::string text;
    for (const SuiteReport& report : reports) {
      Document document = compose(report);
      document.insert(document.begin(), Heading{report.overview.suite});
      text += (text.empty() ? "" : "\n") + as_markdown(document);
    }
    return text;
  };
}

}  // namespace pebench::report
