#include <fmt/format.h>

#include <map>

#include "host/controller/report/reporter.h"
#include "host/controller/report/scale.h"
#include "host/controller/report/sections.h"

namespace pebench::report {
namespace {

/// UTF-8 as LaTeX sets it without further packages.
std::string escaped(const std::string& text) {
  static const std::map<char, std::string> special = {{'&', "\\&"},
                                                      {'%', "\\%"},
                                                      {'$', "\\$"},
                                                      {'#', "\\#"},
                                                      {'_', "\\_"},
                                                      {'{', "\\{"},
                                                      {'}', "\\}"},
                                                      {'~', "\\textasciitilde{}"},
                                                      {'^', "\\textasciicircum{}"},
                                                      {'\\', "\\textbackslash{}"},
                                                      {'<', "$<$"},
                                                      {'>', "$>$"},
                                                      {'*', "$^{*}$"}};
  static const std::string plus_minus = "±";
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, plus_minus.size(), plus_minus) == 0) {
      result += "$\\pm$";
      i += plus_minus.size() - 1;
    } else if (auto found = special.find(text[i]); found != special.end()) {
      result += found->second;
    } else {
      result += text[i];
    }
  }
  return result;
}

std::string latex_of(const Cell& cell) {
  std::string text = escaped(cell.text);
  if (cell.best) text = "\\textbf{" + text + "}";
  if (cell.significant) text += "$^{*}$";
  return text + escaped(cell.tail);
}

std::string latex_of(const Row& row) {
  std::string text;
  for (std::size_t i = 0; i < row.cells.size(); ++i) text += (i == 0 ? "" : " & ") + latex_of(row.cells[i]);
  return text + " \\\\\n";
}

std::string latex_of(const TableBlock& block) {
  std::string columns, titles;
  for (const Column& column : block.columns) {
    columns += column.is_text ? "l" : "r";
    titles += (titles.empty() ? "" : " & ") + escaped(column.title);
  }
  // A rule between the encodings and what they are measured by, which is last.
  std::size_t references = block.rows.size();
  while (references > 0 && block.rows[references - 1].tone == Row::Tone::reference) --references;
  std::string rows;
  for (std::size_t i = 0; i < block.rows.size(); ++i) {
    if (i == references && i > 0) rows += "\\midrule\n";
    rows += latex_of(block.rows[i]);
  }
  return fmt::format(
      "\\begin{{table}}\n\\centering\n\\caption{{{}}}\n\\begin{{tabular}}{{{}}}\n\\toprule\n{} "
      "\\\\\n\\midrule\n{}"
      "\\bottomrule\n\\end{{tabular}}\n\\end{{table}}\n",
      escaped(block.title), columns, titles, rows);
}

/// The marks of one series in millimetres; larger ones are set over smaller ones.
std::string picture_of(const Series& series, const Scale& scale) {
  constexpr double width = 80, height = 3;
  const auto across = [&scale](double value) { return scale.place(value) * width; };
  std::string marks;
  if (series.interval)
    marks += fmt::format("\\put({:.1f},{}){{\\line(1,0){{{:.1f}}}}}", across(series.interval->low),
                         height / 2, across(series.interval->high) - across(series.interval->low));
  for (const double point : series.points)
    marks += fmt::format("\\put({:.1f},{}){{\\circle{{1}}}}", across(point), height / 2);
  if (series.mean)
    marks += fmt::format("\\put({:.1f},{}){{\\circle*{{1.7}}}}", across(*series.mean), height / 2);
  return fmt::format("\\begin{{picture}}({},{}){}\\end{{picture}}", width, height, marks);
}

std::string latex_of(const Figure& figure) {
  const Scale scale = scale_of(figure);
  std::string rows;
  for (const Series& series : figure.series)
    rows += escaped(series.label) + " & " + picture_of(series, scale) + " \\\\\n";
  return fmt::format(
      "\\begin{{figure}}\n\\centering\n\\setlength{{\\unitlength}}{{1mm}}\n\\begin{{tabular}}{{lc}}\n{}"
      "\\midrule\n"
      " & \\makebox[80mm]{{{}\\hfill {}\\hfill {}}} \\\\\n\\end{{tabular}}\n\\caption{{{} "
      "({})}}\n\\end{{figure}}\n",
      rows, tick(scale.low), escaped(title_of(figure.axis)), tick(scale.high), escaped(figure.title),
      escaped(figure.caption));
}

std::string latex_of(const Heading& heading) {
  return fmt::format("\\paragraph{{{}}}\n", escaped(heading.text));
}
std::string latex_of(const Paragraph& paragraph) { return escaped(paragraph.text) + "\n"; }

}  // namespace

std::string as_latex(const Document& document) {
  std::string text;
  for (const Block& block : document) {
    if (!text.empty()) text += "\n";
    text += std::visit([](const auto& any) { return latex_of(any); }, block);
  }
  return text;
}

Reporter latex_reporter() {
  return [](const std::vector<SuiteReport>& reports) {
    std::string text = "% \\usepackage{booktabs}\n";
    for (const SuiteReport& report : reports) {
      Document document = compose(report);
      document.insert(document.begin(), Heading{report.overview.suite});
      text += "\n" + as_latex(document);
    }
    return text;
  };
}

}  // namespace pebench::report
