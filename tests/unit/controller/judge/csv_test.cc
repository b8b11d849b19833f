#include "host/controller/judge/csv.h"

#include <gmock/gmock.h>

#include "tests/unit/support/refusal.h"

namespace pebench::judge {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> texts(const std::vector<Cell>& row) {
  std::vector<std::string> texts;
  for (const Cell& cell : row) texts.push_back(cell.text);
  return texts;
}

std::string refused(std::string_view text) {
  return refusal([&] { read_csv(text, "r.csv", std::nullopt); });
}

TEST(Csv, ReadsNamesAndRows) {
  const Sheet sheet = read_csv("model,seed,ndcg\na,1,0.5\nb,2,\n", "r.csv", std::nullopt);
  EXPECT_THAT(sheet.names(), ElementsAre("model", "seed", "ndcg"));
  ASSERT_EQ(sheet.rows.size(), 2u);
  EXPECT_THAT(texts(sheet.rows[0]), ElementsAre("a", "1", "0.5"));
  EXPECT_THAT(texts(sheet.rows[1]), ElementsAre("b", "2", ""));
}

TEST(Csv, AQuotationHoldsDelimitersLineBreaksAndQuotationMarks) {
  const Sheet sheet = read_csv("a,b\n\"x, \"\"y\"\"\r\nz\" , 1\n2,\"\"\n", "r.csv", std::nullopt);
  ASSERT_EQ(sheet.rows.size(), 2u);
  EXPECT_THAT(texts(sheet.rows[0]), ElementsAre("x, \"y\"\r\nz", "1"));
  EXPECT_THAT(texts(sheet.rows[1]), ElementsAre("2", ""));
  EXPECT_EQ(sheet.rows[1][0].line, 4) << "the row before takes two lines";
}

TEST(Csv, TellsCellsPlacesInCharacters) {
  const Sheet sheet = read_csv("\xEF\xBB\xBFname,x\ncaf\xC3\xA9, 7\n", "r.csv", std::nullopt);
  EXPECT_THAT(sheet.names(), ElementsAre("name", "x")) << "without the byte order mark";
  EXPECT_EQ(sheet.rows[0][1].line, 2);
  EXPECT_EQ(sheet.rows[0][1].column, 7);
}

TEST(Csv, AllLineEndsAndRowsWithNothingInThem) {
  for (const char* text : {"\na,b\n1,2\n\n3,4\n\n", "a,b\r\n1,2\r\n,\r\n3,4", "a,b\r1,2\r \r3,4\r"}) {
    const Sheet sheet = read_csv(text, "r.csv", std::nullopt);
    ASSERT_EQ(sheet.rows.size(), 2u) << text;
    EXPECT_THAT(texts(sheet.rows[1]), ElementsAre("3", "4"));
  }
  EXPECT_EQ(read_csv("a,b\r1,2\r", "r.csv", std::nullopt).rows[0][0].line, 2);
}

TEST(Csv, FindsTheDelimiterOrIsToldIt) {
  EXPECT_THAT(read_csv("a;b\n0,5;1\n", "r.csv", std::nullopt).names(), ElementsAre("a", "b"));
  EXPECT_THAT(read_csv("a, x\tb\n1,2\n", "r.csv", std::nullopt).names(), ElementsAre("a", "x\tb"))
      << "as many commas as tabs: commas";
  EXPECT_THAT(read_csv("a\tb\tc, d\n\t2\t3\n", "r.csv", std::nullopt).names(), ElementsAre("a", "b", "c, d"));
  EXPECT_THAT(texts(read_csv("a\tb\n\t2\n", "r.csv", std::nullopt).rows[0]), ElementsAre("", "2"));
  EXPECT_THAT(read_csv("\"a;b;c\",d\n1,2\n", "r.csv", std::nullopt).names(), ElementsAre("a;b;c", "d"));
  EXPECT_THAT(read_csv("a,b|c\n1|2\n", "r.csv", '|').names(), ElementsAre("a,b", "c"));
}

TEST(Csv, RefusesWithThePlaceAndARemedy) {
  EXPECT_THAT(refused(""), HasSubstr("r.csv is empty; it needs a line of column names"));
  EXPECT_THAT(refused("\xEF\xBB\xBF\r\n"), HasSubstr("r.csv is empty"));
  EXPECT_THAT(refused("a,b\n1,\"2\n3,4\n"), HasSubstr("r.csv:2:3: this quotation has no end; add a '\"'"));
  EXPECT_THAT(refused("a,b\n\"1\"2,3\n"),
              HasSubstr("r.csv:2:4: text behind a quotation; write a '\"' within one twice"));
  EXPECT_THAT(refused("a,b\n1,2\n1,2,3\n"), HasSubstr("r.csv:3:1: 3 fields, but 2 columns have a name"));
  EXPECT_THAT(refused("a,b\n1\n"), HasSubstr("r.csv:2:1: 1 fields, but 2 columns"));
  EXPECT_THAT(refused("a,b,a\n"), HasSubstr("r.csv:1:5: two columns are called \"a\"; rename one"));
  EXPECT_THAT(refused(std::string_view("a\0,b\0\n", 6)), HasSubstr("save it as CSV in UTF-8"));
}

TEST(Csv, NamesMayBeEmptyAsThoseOfRowNumbersAre) {
  EXPECT_THAT(read_csv(",a,\n0,1,2\n", "r.csv", std::nullopt).names(), ElementsAre("", "a", ""));
  EXPECT_THAT(read_csv("a,b\n", "r.csv", std::nullopt).rows, IsEmpty());
}

}  // namespace
}  // namespace pebench::judge
