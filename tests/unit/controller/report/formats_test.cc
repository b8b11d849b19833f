#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "host/base/file.h"
#include "host/controller/report/reporter.h"
#include "tests/unit/controller/report/results_folder.h"

namespace pebench::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
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
        for (const char* encoding : {"none", "rope"})
          add(dataset, encoding, seed, 0.1 + 0.01 * (seed * encoding[1] % 7), {{"variant", variant}});
  add_failed(plan("a", "rope", 7, {{"variant", "clean"}}), contract::Status::crashed, "signal 11");
  lock_.claims = {{"A claim",
                   "mean(rope) > mean(none) or sd(rope) > 2 * sd(none)",
                   lock_.primary,
                   "a",
                   {{"variant", "clean"}}}};
  const std::string text = json_reporter()(reports());
  base::write_atomically(PEBENCH_REPORT_EXAMPLE, text);

  const auto suite = nlohmann::json::parse(text).at("suites").at(0);
  EXPECT_EQ(suite.at("groups").size(), 10u) << "5 data sets, 2 variants";
  EXPECT_EQ(suite.at("failures").size(), 1u);
  ASSERT_EQ(suite.at("analyses").size(), 2u) << "by variant";
  EXPECT_TRUE(suite.at("analyses").at(0).at("across").at("critical_difference").is_object());
  EXPECT_EQ(suite.at("attributions").size(), 5u) << "by data set";
  ASSERT_EQ(suite.at("claims").size(), 1u);
  EXPECT_EQ(suite.at("claims").at(0).at("text"), "A claim");
}

}  // namespace
}  // namespace pebench::report
