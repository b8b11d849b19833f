#include "host/controller/page/html.h"

#include <fmt/format.h>

namespace pebench::page {
namespace {

std::string cell_of(const report::Cell& cell, const report::Column& column, bool heads_row) {
  std::string text = escaped(cell.text);
  if (cell.best) text = fmt::format("<strong>{}</strong>", text);
  if (cell.significant) text += "*";
  text += escaped(cell.tail);
  const char* kind = column.is_text ? "" : " class=\"number\"";
  return heads_row ? fmt::format("<th scope=\"row\"{}>{}</th>", kind, text)
                   : fmt::format("<td{}>{}</td>", kind, text);
}

const char* class_of(report::Row::Tone tone) {
  switch (tone) {
    case report::Row::Tone::plain:
      return "";
    case report::Row::Tone::reference:
      return " class=\"reference\"";
    case report::Row::Tone::failed:
      return " class=\"failed\"";
  }
  return "";
}

/// The parts of a document, each as it is put.
struct Put {
  int level;
  std::string operator()(const report::Heading& heading) const {
    return fmt::format("<h{0}>{1}</h{0}>\n", level, escaped(heading.text));
  }
  std::string operator()(const report::Paragraph& paragraph) const {
    return fmt::format("<p>{}</p>\n", escaped(paragraph.text));
  }
  std::string operator()(const report::TableBlock& table) const { return html_of(table); }
  std::string operator()(const report::Figure&) const { return {}; }
};

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  return result;
}

std::string html_of(const report::TableBlock& table) {
  const std::string title = escaped(table.title);
  std::string html = fmt::format(
      "<div class=\"wide\" role=\"region\" tabindex=\"0\" "
      "aria-label=\"{0}\"><table><caption>{0}</caption>\n<thead><tr>",
      title);
  for (const report::Column& column : table.columns)
    html += fmt::format("<th scope=\"col\"{}>{}</th>", column.is_text ? "" : " class=\"number\"",
                        escaped(column.title));
  html += "</tr></thead>\n<tbody>\n";
  for (const report::Row& row : table.rows) {
    html += fmt::format("<tr{}>", class_of(row.tone));
    for (std::size_t i = 0; i < row.cells.size() && i < table.columns.size(); ++i)
      html += cell_of(row.cells[i], table.columns[i], i == 0);
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

std::string html_of(const report::Document& document, int level) {
  std::string html;
  for (const report::Block& block : document) html += std::visit(Put{level}, block);
  return html;
}

}  // namespace pebench::page
