#include "host/controller/check/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pebench::check {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Row loads = {"library.loads", "It loads", std::chrono::seconds(1)};
const Row memory = {"life.memory", "Memory stays flat", std::chrono::seconds(1)};
const Row begin = {"life.begin", "A second pass works", std::chrono::seconds(1)};

Result result(const Row& row, Outcome outcome, const std::string& text, const std::string& line,
              double seconds) {
  Result result;
  result.row = &row;
  result.finding.outcome = outcome;
  result.finding.text = text;
  result.log.push_back(line);
  result.seconds = seconds;
  return result;
}

Report example() {
  Report report;
  report.library = "/plugins/example.so";
  report.hash = "ab";
  report.seed = 3;
  report.results.push_back(result(loads, Outcome::warn, "with a warning", "a line", 0.5));
  EncoderReport encoder{
      "example", "1.2.0", {{"table", "hash"}, {"width", 2}}, {{"table", "/data/table"}}, {}};
  encoder.results.push_back(result(memory, Outcome::pass, "", "not shown", 0.25));
  encoder.results.push_back(result(begin, Outcome::skip, "why", "not shown", 0.0));
  report.encoders.push_back(encoder);
  return report;
}

TEST(CheckReport, CountsAndFailsForWhatIsBad) {
  Report report = example();
  EXPECT_FALSE(failed(report));
  for (const Outcome bad : {Outcome::fail, Outcome::crash, Outcome::timeout}) {
    report.encoders[0].results[1].finding.outcome = bad;
    EXPECT_TRUE(failed(report)) << name_of(bad);
  }
  EXPECT_EQ(counts(report)[Outcome::timeout], 1);
}

TEST(CheckReport, SaysOnceWhatManyChecksAreSkippedFor) {
  Report report = example();
  report.results.assign(8, result(memory, Outcome::skip, "library.loads did not pass", "", 0.0));
  EXPECT_THAT(text_of(report, false), HasSubstr("    skip  8 checks: library.loads did not pass\n"));
  EXPECT_THAT(text_of(report, false), HasSubstr("why\n"));
  EXPECT_EQ(counts(report)[Outcome::skip], 9);
}

TEST(CheckReport, SaysOnceWhatManyChecksFailFor) {
  Report report = example();
  report.encoders[0].results.assign(9, result(memory, Outcome::fail, "create: no file", "a line", 0.0));
  const std::string text = text_of(report, false);
  EXPECT_THAT(text, HasSubstr("    fail  9 checks: create: no file\n          | a line\n"));
  EXPECT_EQ(text.find("create: no file"), text.rfind("create: no file"));
  EXPECT_EQ(counts(report)[Outcome::fail], 9);
}

TEST(CheckReport, IsAlignedText) {
  const std::string text = text_of(example(), false);
  EXPECT_THAT(
      text,
      HasSubstr("example 1.2.0  table = \"/data/table\"  width = 2\n  library\n    warn     library.loads "));
  EXPECT_THAT(text, HasSubstr("with a warning\n"));
  EXPECT_THAT(text, HasSubstr("| a line\n"));
  EXPECT_THAT(text, HasSubstr("\n  life\n    pass     life.memory "));
  EXPECT_THAT(text, HasSubstr("why\n"));
  EXPECT_THAT(text, Not(HasSubstr("not shown")));
  EXPECT_THAT(text, HasSubstr("\n1 passed, 1 warned, 0 failed, 1 skipped\n"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(CheckReport, HasATablePerEncoder) {
  Report report = example();
  report.encoders.push_back(report.encoders[0]);
  report.encoders[1].encoder = "other";
  const std::string text = text_of(report, false);
  EXPECT_THAT(text, HasSubstr("/plugins/example.so\n  library\n    warn     library.loads "));
  EXPECT_THAT(
      text,
      HasSubstr("\nother 1.2.0  table = \"/data/table\"  width = 2\n  life\n    pass     life.memory "));
}

TEST(CheckReport, IsColouredOnRequest) {
  Report report = example();
  report.results[0].finding.outcome = Outcome::crash;
  EXPECT_THAT(text_of(report, true), HasSubstr("\x1b[31m"));
}

TEST(CheckReport, IsJson) {
  const auto json = json_of(example());
  EXPECT_EQ(json.at("version"), 1);
  EXPECT_EQ(json.at("library"), "/plugins/example.so");
  EXPECT_EQ(json.at("hash"), "ab");
  EXPECT_EQ(json.at("seed"), 3);
  EXPECT_EQ(json.at("results").at(0), (nlohmann::json{{"id", "library.loads"},
                                                      {"sentence", "It loads"},
                                                      {"outcome", "warn"},
                                                      {"text", "with a warning"},
                                                      {"seconds", 0.5},
                                                      {"log", {"a line"}}}));
  const auto& encoder = json.at("encoders").at(0);
  EXPECT_EQ(encoder.at("encoder"), "example");
  EXPECT_EQ(encoder.at("options").at("width"), 2);
  EXPECT_EQ(encoder.at("results").size(), 2u);
  EXPECT_EQ(
      json.at("counts"),
      (nlohmann::json{{"pass", 1}, {"warn", 1}, {"fail", 0}, {"crash", 0}, {"timeout", 0}, {"skip", 1}}));
}

}  // namespace
}  // namespace pebench::check
