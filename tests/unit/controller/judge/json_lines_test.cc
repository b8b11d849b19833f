#include "host/controller/judge/json_lines.h"

#include <gmock/gmock.h>

#include "tests/unit/support/refusal.h"

namespace pebench::judge {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(JsonLines, KeysAreColumnsInTheOrderInWhichTheyAppear) {
  const Sheet sheet = read_json_lines(
      "\xEF\xBB\xBF{\"model\": \"a\", \"ndcg\": 0.25}\r\n\n{\"seed\": 3, \"ndcg\": null, \"model\": "
      "\"b\"}\n{}\n",
      "r.jsonl");
  EXPECT_THAT(sheet.names(), ElementsAre("model", "ndcg", "seed"));
  ASSERT_EQ(sheet.rows.size(), 2u);
  EXPECT_EQ(sheet.rows[0][1].text, "0.25");
  EXPECT_EQ(sheet.rows[0][2].text, "") << "a key that the line lacks";
  EXPECT_EQ(sheet.rows[1][1].text, "") << "null";
  EXPECT_EQ(sheet.rows[1][2].text, "3");
  EXPECT_EQ(sheet.rows[1][0].line, 3);
}

TEST(JsonLines, ReadsWhatProgramsWriteForNumbersThatAreNotFinite) {
  const Sheet sheet = read_json_lines(
      "{\"a\": NaN, \"b\": -Infinity, \"c\": Infinity, \"d\": \"NaN \\\" NaN\"}\n", "r.jsonl");
  EXPECT_EQ(sheet.rows[0][0].text, "NaN");
  EXPECT_EQ(sheet.rows[0][1].text, "-Infinity");
  EXPECT_EQ(sheet.rows[0][2].text, "Infinity");
  EXPECT_EQ(sheet.rows[0][3].text, "NaN \" NaN");
}

TEST(JsonLines, NumbersKeepAllTheirDigits) {
  const Sheet sheet = read_json_lines("{\"a\": 0.1234567890123456, \"b\": 1e-12}\n", "r.jsonl");
  EXPECT_EQ(std::stod(sheet.rows[0][0].text), 0.1234567890123456);
  EXPECT_EQ(std::stod(sheet.rows[0][1].text), 1e-12);
}

TEST(JsonLines, AreToldFromCsv) {
  EXPECT_TRUE(looks_like_json("\xEF\xBB\xBF \n{\"a\": 1}"));
  EXPECT_TRUE(looks_like_json("[{\"a\": 1}]"));
  EXPECT_FALSE(looks_like_json("model,seed\n"));
  EXPECT_FALSE(looks_like_json(""));
}

TEST(JsonLines, RefusesEverythingElseWithTheLine) {
  const auto refused = [](const char* text) { return refusal([&] { read_json_lines(text, "r.jsonl"); }); };
  EXPECT_THAT(refused("{\"a\": 1}\n{\"a\": 1\n"),
              HasSubstr("r.jsonl:2:1: \"{\"a\": 1\" is no JSON object; write one a line"));
  EXPECT_THAT(refused("[{\"a\": 1}]"), HasSubstr("jq -c '.[]'"));
  EXPECT_THAT(refused("{\"a\": {\"b\": 1}}"),
              HasSubstr("r.jsonl:1:1: \"a\" is a list or an object; write its numbers under"));
}

}  // namespace
}  // namespace pebench::judge
