#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "host/base/file.h"
#include "host/controller/report/reporter.h"
#include "host/controller/report/sections.h"
#include "tests/unit/controller/report/results_folder.h"

namespace pebench::report {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

Document example() {
  TableBlock table{"of_one & 50 %", {{"encoding", true}, {"HR@10"}}, {}};
  Cell best("0.2", " ± 0.01");
  best.best = best.significant = true;
  table.rows = {
      {{{"a_b"}, best}}, {{{"rope"}, {"0.1", " ± 0.02"}}}, {{{"chance"}, {"0.01"}}, Row::Tone::reference}};
  return {table, Paragraph{"p < 0.05"}};
}

TEST(Formats, Text) {
  EXPECT_EQ(as_text(example(), false),
            "of_one & 50 %\n"
            "  encoding         HR@10\n"
            "  a_b        0.2* ± 0.01\n"
            "  rope       0.1  ± 0.02\n"
            "  chance    0.01\n"
            "\n"
            "p < 0.05\n");
}

TEST(Formats, Markdown) {
  EXPECT_EQ(as_markdown(example()),
            "### of\\_one & 50 %\n\n"
            "| encoding | HR@10 |\n"
            "| --- | ---: |\n"
            "| a\\_b | **0.2**\\* ± 0.01 |\n"
            "| rope | 0.1 ± 0.02 |\n"
            "| chance | 0.01 |\n"
            "\n"
            "p \\< 0.05\n");
}

TEST(Formats, Latex) {
  EXPECT_EQ(as_latex(example()),
            "\\begin{table}\n\\centering\n\\caption{of\\_one \\& 50 \\%}\n"
            "\\begin{tabular}{lr}\n\\toprule\n"
            "encoding & HR@10 \\\\\n\\midrule\n"
            "a\\_b & \\textbf{0.2}$^{*}$ $\\pm$ 0.01 \\\\\n"
            "rope & 0.1 $\\pm$ 0.02 \\\\\n"
            "\\midrule\n"
            "chance & 0.01 \\\\\n"
            "\\bottomrule\n\\end{tabular}\n\\end{table}\n"
            "\n"
            "p $<$ 0.05\n");
}

TEST(Formats, LatexSetsWhatItHasSignsOfItsOwnFor) {
  const auto latex = [](const std::string& text) { return as_latex({Paragraph{text}}); };
  EXPECT_EQ(
      latex("a_b & 50 % #1 $x$ {y} \\z ~ ^"),
      "a\\_b \\& 50 \\% \\#1 \\$x\\$ \\{y\\} \\textbackslash{}z \\textasciitilde{} \\textasciicircum{}\n");
  EXPECT_EQ(latex("|x| < 5 µs"), "$|$x$|$ $<$ 5 $\\mu$s\n");
  EXPECT_EQ(latex("β = ∞, 2 × Δ"), "$\\beta$ = $\\infty$, 2 $\\times$ $\\Delta$\n");
  EXPECT_EQ(latex("größer, café"), "größer, café\n");
  EXPECT_EQ(latex("a--b `c` d''"), "a-{}-b {`}c{`} d'{}'\n");
}

TEST(Formats, LatexHasAMinusBeforeNumbersAndAHyphenInWords) {
  EXPECT_EQ(as_latex({Paragraph{"-0.5 [-0.7, -0.3] item-2 item-to-item"}}),
            "$-$0.5 [$-$0.7, $-$0.3] item-2 item-to-item\n");
}

TEST(Formats, ARowOfLatexThatBeginsWithABracketIsNoArgument) {
  const TableBlock table{"t\n\nu", {{"[encoding]", true}, {"HR@10"}}, {{{{"[x]"}, {"0.1"}}}}};
  const Figure figure{"t", "c", {"HR@5", "u"}, {{"[x]", {}, std::nullopt, std::nullopt}}};
  EXPECT_THAT(as_latex({table, figure}),
              AllOf(HasSubstr("\\caption{t  u}"), HasSubstr("\\toprule\n{}[encoding] & HR@10"),
                    HasSubstr("\\midrule\n{}[x] & 0.1"), HasSubstr("\n{}[x] & \\begin{picture}")));
}

TEST(Formats, LatexIsNotGivenMoreTablesThanItHoldsBack) {
  const auto tables = [](std::size_t count) {
    return as_latex(Document(count, TableBlock{"t", {{"encoding", true}}, {}}));
  };
  EXPECT_THAT(tables(16), Not(HasSubstr("\\clearpage")));
  EXPECT_THAT(tables(17), HasSubstr("\\end{table}\n\n\\clearpage\n\\begin{table}"));
}

Document example_figure() {
  Figure figure{"HR@5 by seed: a_b", "line: 95 % interval", {"HR@5", "share of 50 % & more"}, {}};
  figure.series = {{"a_b", {0.1, 0.2, 0.2, 0.3}, 0.22, stats::Interval{0.07, 0.33}},
                   {"learnt20", {0.25}, 0.25, std::nullopt},
                   {"rope", {}, std::nullopt, std::nullopt}};
  return {figure};
}

const std::string drawing =
    "  a_b       |───────·─────────────────────────:────●──────────────────·────────|\n"
    "  learnt20  |                                             ●                    |\n"
    "  rope      |                                                                  |\n"
    "             0.0700             HR@5 (share of 50 % & more)              0.3300\n";

TEST(Formats, FigureAsText) {
  EXPECT_EQ(as_text(example_figure(), false), "HR@5 by seed: a_b\n" + drawing + "line: 95 % interval\n");
}

TEST(Formats, FigureAsMarkdown) {
  EXPECT_EQ(as_markdown(example_figure()),
            "### HR@5 by seed: a\\_b\n\n```text\n" + drawing + "```\n\nline: 95 % interval\n");
}

TEST(Formats, FigureAsLatex) {
  EXPECT_EQ(as_latex(example_figure()),
            "\\begin{figure}\n\\centering\n\\setlength{\\unitlength}{1mm}\n"
            "\\begin{tabular}{lc}\n"
            "a\\_b & \\begin{picture}(80,3)\\put(0.0,1.5){\\line(1,0){80.0}}"
            "\\put(9.2,1.5){\\circle{1}}\\put(40.0,1.5){\\circle{1}}\\put(40.0,1.5){\\circle{1}}"
            "\\put(70.8,1.5){\\circle{1}}\\put(46.2,1.5){\\circle*{1.7}}\\end{picture} \\\\\n"
            "learnt20 & \\begin{picture}(80,3)\\put(55.4,1.5){\\circle{1}}"
            "\\put(55.4,1.5){\\circle*{1.7}}\\end{picture} \\\\\n"
            "rope & \\begin{picture}(80,3)\\end{picture} \\\\\n"
            "\\midrule\n"
            " & \\makebox[80mm]{0.0700\\hfill HR@5 (share of 50 \\% \\& more)\\hfill 0.3300} \\\\\n"
            "\\end{tabular}\n\\caption{HR@5 by seed: a\\_b (line: 95 \\% interval)}\n\\end{figure}\n");
}

TEST(Formats, FiguresStandApartFromWhatIsAroundThem) {
  Document document = {Paragraph{"before"}};
  for (int i = 0; i < 2; ++i) document.push_back(example_figure()[0]);
  document.push_back(Paragraph{"after"});
  const std::string figure = as_text(example_figure(), false);
  EXPECT_EQ(as_text(document, false), "before\n\n" + figure + "\n" + figure + "\nafter\n");
}

TEST(Formats, AFigureOfEqualValuesHasAScaleAllTheSame) {
  const Document document = {Figure{"t", "c", {"HR@5", "u"}, {{"none", {0.25, 0.25}, 0.25, std::nullopt}}}};
  EXPECT_THAT(as_text(document, false), AllOf(HasSubstr("0.2495"), HasSubstr("0.2505"), HasSubstr("●")));
}

TEST(Formats, ACellIsOneLineInEveryFormat) {
  EXPECT_EQ(Cell("ALiBi beats nothing,\nand by\tfar").text, "ALiBi beats nothing, and by far");
  EXPECT_EQ(Cell("caf\u00e9 \x1b[31m").text, "caf\u00e9  [31m")
      << "no escape reaches a terminal, letters stay";
}

TEST(Formats, AFigureWithoutValuesIsEmpty) {
  const Document document = {Figure{"t", "c", {"HR@5", "u"}, {{"none", {}, std::nullopt, std::nullopt}}}};
  EXPECT_THAT(as_text(document, false), HasSubstr("|" + std::string(70, ' ') + "|\n"));
}

TEST_F(Report, DrawsThePrimaryMetricOfEveryEncodingWhereThereIsAValue) {
  for (std::uint64_t seed : {1, 2}) {
    add("beauty", "none", seed, 0.1 * seed, {{"variant", "clean"}});
    add("beauty", "rope", seed, 0.3, {{"variant", "clean"}}, true);
    for (const char* encoding : {"none", "rope"})
      add_failed(plan("games", encoding, seed, {{"variant", "clean"}}), contract::Status::crashed, "why");
  }
  const std::string text = text_reporter(false)(reports());
  EXPECT_THAT(text, AllOf(HasSubstr("\nNDCG@10 by seed: beauty, variant = \"clean\"\n  none  |"),
                          HasSubstr("|\n  rope  |"), HasSubstr("NDCG@10 (mean over test users)"),
                          EndsWith("small points: seeds; large point: their mean; line: its 95 % interval\n"),
                          Not(HasSubstr("by seed: games"))));
  const Document document = figures_section(reports()[0]);
  ASSERT_EQ(document.size(), 1u);
  const Figure& figure = std::get<Figure>(document[0]);
  EXPECT_THAT(figure.series[0].points, ElementsAre(0.1, 0.2));
  EXPECT_NEAR(*figure.series[0].mean, 0.15, 1e-12);
  EXPECT_TRUE(figure.series[0].interval);
  EXPECT_THAT(figure.series[1].points, ElementsAre(0.3)) << "two copies are one trial";
}

TEST_F(Report, TheSummaryIsTheReportWithoutFigures) {
  for (std::uint64_t seed : {1, 2, 3}) add("beauty", "none", seed, 0.1 * seed);
  const std::string summary = summary_reporter(false)(reports());
  EXPECT_THAT(summary, Not(HasSubstr("by seed")));
  EXPECT_THAT(text_reporter(false)(reports()), StartsWith(summary + "\nNDCG@10 by seed: beauty\n"));
}

TEST_F(Report, CsvHasARowPerTrialAndQuotesWhatNeedsIt) {
  add_good(plan("beauty", "none", 1, {{"variant", "clean"}}), 0.25, 0.125);
  add_failed(plan("beauty", "rope", 1, {{"variant", "clean"}}), contract::Status::failed,
             "no \"file\", sorry");
  plan("beauty", "rope", 2, {{"variant", "clean"}});
  const std::string csv = csv_reporter()(reports());
  EXPECT_THAT(csv, StartsWith("suite,dataset,variant,encoding,seed,id,status,reason,"));
  EXPECT_THAT(csv,
              AllOf(HasSubstr("example,beauty,clean,none,1,"), HasSubstr(",0.25,"), HasSubstr(",0.125\r\n"),
                    HasSubstr(",failed,\"no \"\"file\"\", sorry\","), HasSubstr(",missing,,")));
  const auto commas_of = [](const std::string& line) { return std::count(line.begin(), line.end(), ','); };
  std::istringstream lines(csv);
  std::string header, line;
  std::getline(lines, header);
  int rows = 0;
  for (; std::getline(lines, line); ++rows)
    if (line.find('"') == std::string::npos) {
      EXPECT_EQ(commas_of(line), commas_of(header)) << line;
    }
  EXPECT_EQ(rows, 3);
}

// tests/unit/controller/report/schema.py holds the document against report.schema.json.
TEST_F(Report, JsonHoldsEveryPartForTheSchema) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed)
    for (const char* dataset : {"a", "b", "c", "d", "e"})
      for (const char* variant : {"clean", "index"})
        for (const char* encoding : {"none", "rope", "learnt"})
          add(dataset, encoding, seed, 0.1 + 0.01 * (seed * encoding[1] % 7), {{"variant", variant}});
  add_failed(plan("a", "rope", 7, {{"variant", "clean"}}), contract::Status::crashed, "signal 11");
  lock_.claims = {{"A claim",
                   "mean(rope) > mean(none) or sd(rope) > 2 * sd(none)",
                   lock_.primary,
                   "a",
                   {{"variant", "clean"}}}};
  for (const char* knows : {"order and times", "order", "times", "neither", "chance"})
    lock_.reachable.push_back(
        {"a", {{"variant", "clean"}}, knows, false, {{lock_.primary, knows[0] == 'o' ? 0.4 : 0.1}}});
  std::vector<SuiteReport> shown = reports();
  Study read = shown[0].study;
  read.origin = Origin{{{"numbers.csv", std::string(64, 'a')}}, {"loss"}, {"a note"}};
  shown.push_back(make_report(read));
  shown[0].prices.resize(1);
  shown[0].prices[0].dataset = "a";
  shown[0].prices[0].sweep = nlohmann::json::object();
  shown[0].prices[0].clock = "wall";
  UserSide side{"a", nlohmann::json::object(), {{"rope", 3, 0.5, 0.25}}, {}};
  side.traits = {
      {"events before the target", {{3, 4, "3 to 4", 10, 0.1}}, {{{0.1, stats::Interval{0, 0.2}}}}}};
  shown[0].user_sides = {side};
  EncodingPrice price;
  price.encoding = "none";
  price.operations.resize(2);
  for (OperationPrice& operation : price.operations) operation.operation = "step";
  price.operations[1].ratio = PaceRatio{1.5, {1.4, 1.6}, Pace::slower};
  shown[0].prices[0].encodings = {price};
  const std::string text = json_reporter()(shown);
  base::write_atomically(PEBENCH_REPORT_EXAMPLE, text);

  const auto suite = nlohmann::json::parse(text).at("suites").at(0);
  EXPECT_EQ(suite.at("groups").size(), 10u) << "5 data sets, 2 variants";
  EXPECT_EQ(suite.at("failures").size(), 1u);
  ASSERT_EQ(suite.at("analyses").size(), 2u) << "by variant";
  EXPECT_TRUE(suite.at("analyses").at(0).at("across").at("critical_difference").is_object());
  EXPECT_EQ(suite.at("carry_overs").size(), 2u) << "over data sets, by variant";
  EXPECT_EQ(suite.at("attributions").size(), 5u) << "by data set";
  ASSERT_EQ(suite.at("claims").size(), 1u);
  EXPECT_EQ(suite.at("claims").at(0).at("text"), "A claim");
  ASSERT_EQ(suite.at("known_answers").size(), 1u);
  EXPECT_TRUE(suite.at("known_answers").at(0).at("encodings").at(0).at("share_of_times").is_null());
}

}  // namespace
}  // namespace pebench::report
