#include <fmt/format.h>

#include <map>
#include <string_view>

#include "host/controller/report/reporter.h"
#include "host/controller/report/scale.h"
#include "host/controller/report/sections.h"

namespace pebench::report {
namespace {

/// What LaTeX would take for its own, set otherwise or not know; all else of Latin script it sets as it
/// stands.
const std::map<std::string, std::string>& replacements() {
  static const std::map<std::string, std::string> all = [] {
    std::map<std::string, std::string> result = {{"&", "\\&"},
                                                 {"%", "\\%"},
                                                 {"$", "\\$"},
                                                 {"#", "\\#"},
                                                 {"_", "\\_"},
                                                 {"{", "\\{"},
                                                 {"}", "\\}"},
                                                 {"~", "\\textasciitilde{}"},
                                                 {"^", "\\textasciicircum{}"},
                                                 {"\\", "\\textbackslash{}"},
                                                 {"<", "$<$"},
                                                 {">", "$>$"},
                                                 {"|", "$|$"},
                                                 {"*", "$^{*}$"},
                                                 {"`", "{`}"},
                                                 {"±", "$\\pm$"},
                                                 {"×", "$\\times$"},
                                                 {"·", "$\\cdot$"},
                                                 {"†", "$\\dagger$"},
                                                 {"µ", "$\\mu$"},
                                                 {"−", "$-$"},
                                                 {"≤", "$\\leq$"},
                                                 {"≥", "$\\geq$"},
                                                 {"≠", "$\\neq$"},
                                                 {"≈", "$\\approx$"},
                                                 {"→", "$\\to$"},
                                                 {"√", "$\\surd$"},
                                                 {"∞", "$\\infty$"}};
    // Letters that Greek has and Latin has not; LaTeX has no name for the others.
    const std::vector<std::pair<std::string, std::string>> greek = {
        {"α", "alpha"},  {"β", "beta"},   {"γ", "gamma"}, {"δ", "delta"},   {"ε", "varepsilon"},
        {"ζ", "zeta"},   {"η", "eta"},    {"θ", "theta"}, {"ι", "iota"},    {"κ", "kappa"},
        {"λ", "lambda"}, {"μ", "mu"},     {"ν", "nu"},    {"ξ", "xi"},      {"π", "pi"},
        {"ρ", "rho"},    {"σ", "sigma"},  {"τ", "tau"},   {"υ", "upsilon"}, {"φ", "varphi"},
        {"χ", "chi"},    {"ψ", "psi"},    {"ω", "omega"}, {"Γ", "Gamma"},   {"Δ", "Delta"},
        {"Θ", "Theta"},  {"Λ", "Lambda"}, {"Ξ", "Xi"},    {"Π", "Pi"},      {"Σ", "Sigma"},
        {"Φ", "Phi"},    {"Ψ", "Psi"},    {"Ω", "Omega"}};
    for (const auto& [letter, name] : greek) result[letter] = "$\\" + name + "$";
    return result;
  }();
  return all;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether the hyphen at `i` is the sign of a number: "-0.5", "[-0.5, -0.1]", and not "item-2".
bool is_minus(const std::string& text, std::size_t i) {
  return text[i] == '-' && i + 1 < text.size() && is_digit(text[i + 1]) &&
         (i == 0 || std::string_view(" [(").find(text[i - 1]) != std::string_view::npos);
}

/// UTF-8 as LaTeX sets it with no package for it.
std::string escaped(const std::string& text) {
  std::string result;
  std::size_t length = 0;
  for (std::size_t i = 0; i < text.size(); i += length) {
    length = 1;
    while (i + length < text.size() && (text[i + length] & 0xC0) == 0x80) ++length;
    const std::string letter = text.substr(i, length);
    if (is_minus(text, i)) {
      result += "$-$";
    } else if (auto found = replacements().find(letter); found != replacements().end()) {
      result += found->second;
    } else {
      // Two of these would be drawn as one other sign.
      if (i > 0 && std::string_view("-,'").find(text[i]) != std::string_view::npos && text[i - 1] == text[i])
        result += "{}";
      result += letter;
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

/// A row that begins with a bracket would be an argument of the `\\\\` or the rule before it.
std::string protected_row(const std::string& row) { return (row.rfind("[", 0) == 0 ? "{}" : "") + row; }

std::string latex_of(const Row& row) {
  std::string text;
  for (std::size_t i = 0; i < row.cells.size(); ++i) text += (i == 0 ? "" : " & ") + latex_of(row.cells[i]);
  return protected_row(text) + " \\\\\n";
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
      escaped(one_line(block.title)), columns, protected_row(titles), rows);
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
    rows += protected_row(escaped(one_line(series.label))) + " & " + picture_of(series, scale) + " \\\\\n";
  return fmt::format(
      "\\begin{{figure}}\n\\centering\n\\setlength{{\\unitlength}}{{1mm}}\n\\begin{{tabular}}{{lc}}\n{}"
      "\\midrule\n"
      " & \\makebox[80mm]{{{}\\hfill {}\\hfill {}}} \\\\\n\\end{{tabular}}\n\\caption{{{} "
      "({})}}\n\\end{{figure}}\n",
      rows, escaped(tick(scale.low)), escaped(title_of(figure.axis)), escaped(tick(scale.high)),
      escaped(one_line(figure.title)), escaped(one_line(figure.caption)));
}

std::string latex_of(const Heading& heading) {
  return fmt::format("\\paragraph{{{}}}\n", escaped(heading.text));
}
std::string latex_of(const Paragraph& paragraph) { return escaped(paragraph.text) + "\n"; }

}  // namespace

std::string as_latex(const Document& document) {
  constexpr int few = 16;  // LaTeX holds no more than some 50 tables and figures back, older ones 18
  std::string text;
  int floats = 0;
  for (const Block& block : document) {
    if (!text.empty()) text += "\n";
    const bool is_float = std::holds_alternative<TableBlock>(block) || std::holds_alternative<Figure>(block);
    if (is_float && floats++ % few == 0 && floats > 1) text += "\\clearpage\n";
    text += std::visit([](const auto& any) { return latex_of(any); }, block);
  }
  return text;
}

Reporter latex_reporter() {
  return [](const std::vector<SuiteReport>& reports) {
    Document document;
    for (const SuiteReport& report : reports) {
      document.push_back(Heading{report.overview.suite});
      const Document suite = compose(report);
      document.insert(document.end(), suite.begin(), suite.end());
    }
    return "% \\usepackage{booktabs}\n\n" + as_latex(document);
  };
}

}  // namespace pebench::report
