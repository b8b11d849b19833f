// The verb as its users call it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/e2e/program.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Judge : public testing::Test {
 protected:
  Judge() {
    std::string csv = "model,seed,HR@10,loss\n";
    for (int seed = 1; seed <= 6; ++seed) {
      csv += "none," + std::to_string(seed) + ",0." + std::to_string(200 + seed * seed) + ",3\n";
      csv += "rope," + std::to_string(seed) + ",0." + std::to_string(300 + seed) + ",2\n";
    }
    write("results.csv", csv);
    write("wide.csv", "model;s1;s2\nnone;0,25;0,5\nrope;0,125;1\n");
    write("none.txt", "map\t1\t0.5\nmap\t2\t0.25\nmap\tall\t0.375\n");
  }

  void write(const char* name, const std::string& text) { std::ofstream(folder_.path() / name) << text; }

  Outcome judge(const std::string& arguments) {
    return shell("cd " + folder_.path().string() + " && " PEBENCH_PROGRAM " judge " + arguments);
  }

  TemporaryFolder folder_;
};

TEST_F(Judge, ShowsWhatReportShows) {
  const Outcome outcome = judge("results.csv --chance HR@10=0.1 --claim 'mean(rope) > mean(none)'");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(
      outcome.output,
      AllOf(StartsWith("results.csv: results\n  encoding"), HasSubstr("HR@10 against none: results"),
            HasSubstr("deviation of HR@10 across seeds: results"), HasSubstr("mean(rope) > mean(none)"),
            HasSubstr("chance"), HasSubstr("not run here: read from results.csv (SHA-256 ")));
}

/// model,seed,y,... of ten seeds; `row` makes what follows the seed.
std::string ten_seeds(const std::string& model, const std::function<std::string(int)>& row) {
  std::string lines;
  for (int seed = 1; seed <= 10; ++seed) lines += model + "," + std::to_string(seed) + "," + row(seed) + "\n";
  return lines;
}

TEST_F(Judge, CopiesAreCopiesWhateverElseVaries) {
  write("copies.csv", "model,seed,y,seconds\n" + ten_seeds("none", [](int seed) {
                        return "0.5" + std::to_string(seed) + ",9";
                      }) + ten_seeds("same", [](int seed) { return "0.7," + std::to_string(seed); }));
  EXPECT_THAT(judge("copies.csv --primary y --claim 'mean(same) > mean(none)'").output,
              AllOf(HasSubstr("the 10 trials of same gave the same numbers"), HasSubstr("inconclusive"),
                    Not(HasSubstr("better"))));
}

TEST_F(Judge, FailuresThatNoChanceLevelStandsForWithholdTheVerdict) {
  write("failed.csv",
        "model,seed,y\n" + ten_seeds("none", [](int seed) { return "0.5" + std::to_string(seed); }) +
            ten_seeds("wild", [](int seed) { return seed > 7 ? "nan" : "0.7" + std::to_string(seed); }));
  EXPECT_THAT(judge("failed.csv --claim 'mean(wild) > mean(none)'").output,
              AllOf(HasSubstr("withheld"), HasSubstr("inconclusive"), Not(HasSubstr("better"))));
  EXPECT_THAT(judge("failed.csv --claim 'failure_rate(wild) < 0.9'").output, HasSubstr("supported"))
      << "how often it failed is known";
  EXPECT_THAT(judge("failed.csv --chance y=0.1").output, Not(HasSubstr("withheld")));
}

TEST_F(Judge, EncodingsThatCanGetNoVerdictChangeNoOther) {
  std::string csv = "model,seed,y\n" +
                    ten_seeds("none", [](int seed) { return "0.5" + std::to_string(seed * seed % 7); }) +
                    ten_seeds("mine", [](int seed) { return "0.5" + std::to_string(seed * seed % 5 + 2); });
  write("two.csv", csv);
  for (int other = 0; other < 30; ++other)
    csv += "x" + std::to_string(other) + ",1,0.4\nx" + std::to_string(other) + ",2,0.6\n";
  write("padded.csv", csv);
  const auto of_mine = [&](const std::string& file) {
    const auto report = nlohmann::json::parse(judge(file + " --json").output);
    const auto& pair =
        report.at("suites").at(0).at("analyses").at(0).at("datasets").at(0).at("against_baseline").at(0);
    return std::pair(pair.at("adjusted_p"), pair.at("deviation").at("adjusted_p"));
  };
  EXPECT_EQ(of_mine("padded.csv"), of_mine("two.csv"));
}

TEST_F(Judge, NumbersThatCannotBeSquaredAreNoFaultOfThePrograms) {
  write("huge.jsonl", "{\"model\":\"a\",\"seed\":1,\"y\":1e999}\n");
  EXPECT_THAT(judge("huge.jsonl").output, HasSubstr("huge.jsonl:1:1: "));
  write("huge.csv", "model,seed,y\n" + ten_seeds("a", [](int seed) { return seed == 4 ? "1e160" : "0.5"; }) +
                        ten_seeds("b", [](int seed) { return std::to_string(seed) + "e-200"; }));
  const Outcome outcome = judge("huge.csv --chance y=0");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
  EXPECT_THAT(outcome.output, AllOf(HasSubstr("failed"), Not(HasSubstr("nan"))));
}

TEST_F(Judge, SharesOfSeedsAreSaid) {
  write("partial.csv", "model,seed,y\n" +
                           ten_seeds("none", [](int seed) { return "0.5" + std::to_string(seed); }) +
                           "mine,9,0.6\nmine,10,0.7\nmine,11,0.5\nmine,12,0.5\nmine,13,0.5\nmine,14,0.5\n"
                           "mine,1,0.6\nmine,2,0.6\nmine,3,0.7\nmine,4,0.6\n");
  EXPECT_THAT(judge("partial.csv").output,
              HasSubstr("mine shares 6 of its 10 seeds with none, which has 10"));
}

TEST_F(Judge, InEveryFormat) {
  const Outcome json = judge("results.csv --json");
  EXPECT_EQ(nlohmann::json::parse(json.output).at("suites").at(0).at("primary"), "HR@10");
  EXPECT_THAT(judge("results.csv --format csv").output, HasSubstr("\"read, not run here\",ok"));
  EXPECT_THAT(judge("results.csv --format latex").output, HasSubstr("\\toprule"));
  EXPECT_THAT(judge("results.csv --format markdown --out r.md && cat r.md").output,
              StartsWith("## results.csv"));
}

TEST_F(Judge, ReadsStandardInput) {
  EXPECT_THAT(judge("- < results.csv").output, HasSubstr("read from standard input"));
}

TEST_F(Judge, ReadsTheWideFormAndADecimalComma) {
  const Outcome outcome = judge("wide.csv --wide seeds --metric MRR --decimal-comma --format csv");
  EXPECT_THAT(outcome.output, AllOf(HasSubstr(",MRR\r\n"), HasSubstr(",0.125\r\n")));
  EXPECT_THAT(judge("wide.csv --wide seeds").output, HasSubstr("give --decimal-comma"));
}

TEST_F(Judge, ReadsTrecEval) {
  const Outcome outcome = judge("--trec none:1=none.txt --trec none:2=none.txt");
  EXPECT_THAT(outcome.output,
              AllOf(HasSubstr("trec_eval: queries"), HasSubstr("0.3750"), HasSubstr("2 users")));
}

TEST_F(Judge, MayRepeatAnOptionBeforeTheFile) {
  const Outcome outcome = judge("--metric loss --metric HR@10 results.csv");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("loss by seed"));
}

TEST_F(Judge, SaysWhatIsWrongInASentence) {
  for (const auto& [arguments, sentence] : std::vector<std::pair<std::string, std::string>>{
           {"", "there is nothing to judge; name a file of results"},
           {"nowhere.csv", "nowhere.csv"},
           {"results.csv --trec a=none.txt", "two sources of numbers"},
           {"results.csv --delimiter ,,", "--delimiter \",,\": expected comma"},
           {"results.csv --wide sideways", "--wide"},
           {"results.csv --alpha 2", "--alpha"},
           {"results.csv --alpha nan", "--alpha"},
           {"results.csv --baseline nine", "did you mean \"none\"?"},
           {"results.csv --where model", "expected COLUMN=PATTERN"},
           {"results.csv --claim 'sd(a)'", "--claim: column"}}) {
    const Outcome outcome = judge(arguments);
    EXPECT_EQ(outcome.exit_code, 2) << arguments;
    EXPECT_THAT(outcome.output, AllOf(StartsWith("pebench: "), HasSubstr(sentence))) << arguments;
    EXPECT_THAT(outcome.output, Not(HasSubstr("internal"))) << arguments;
  }
}

TEST_F(Judge, ReadsWhatReportWrites) {
  const std::string csv = judge("results.csv --format csv").output;
  write("again.csv", csv);
  const Outcome first = judge("results.csv --metric HR@10 --json");
  const Outcome again = judge("again.csv --metric HR@10 --json");
  ASSERT_EQ(again.exit_code, 0) << again.output;
  EXPECT_EQ(nlohmann::json::parse(again.output).at("suites")[0].at("analyses").at(0).at("datasets"),
            nlohmann::json::parse(first.output).at("suites")[0].at("analyses").at(0).at("datasets"));
}

}  // namespace
}  // namespace pebench
