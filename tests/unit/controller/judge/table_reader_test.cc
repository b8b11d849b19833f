#include "host/controller/judge/table_reader.h"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/unit/support/refusal.h"

namespace pebench::judge {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Numbers read(std::string_view text, const Mapping& mapping = {}) {
  return read_table(text, "r.csv", "r", mapping, std::nullopt);
}

std::string refused(std::string_view text, const Mapping& mapping = {}) {
  return refusal([&] { read(text, mapping); });
}

/// "a/1: x=0.5 y=-", a row without its data set and user.
std::string shown(const Numbers& numbers, const Row& row) {
  std::string text = row.encoding + "/" + row.run + ":";
  for (const Value& value : row.values)
    text += " " + numbers.metrics[value.metric] + "=" +
            (value.number ? std::to_string(*value.number).substr(0, 4) : "-");
  return text;
}

std::vector<std::string> shown(const Numbers& numbers) {
  std::vector<std::string> rows;
  for (const Row& row : numbers.rows) rows.push_back(shown(numbers, row));
  return rows;
}

TEST(TableReader, KnowsColumnsByTheirNamesAndTakesTheNumbersForMetrics) {
  const Numbers numbers = read(
      ",Data,Model,SEED,path,HR@10,loss\n"
      "0,beauty,a,1,x/y,0.25,3\n"
      "1,games,b,2,x/z,NA,\n");
  EXPECT_THAT(numbers.metrics, ElementsAre("HR@10", "loss"));
  EXPECT_THAT(shown(numbers), ElementsAre("a/1: HR@10=0.25 loss=3.00", "b/2: HR@10=- loss=-"));
  EXPECT_EQ(numbers.rows[1].dataset, "games");
  EXPECT_FALSE(numbers.rows[0].user);
  EXPECT_TRUE(numbers.has_seeds);
  EXPECT_EQ(numbers.said,
            "columns: data sets in \"Data\", encodings in \"Model\", seeds in \"SEED\", metrics in "
            "\"HR@10\", \"loss\"; "
            "not used: \"path\"");
  EXPECT_EQ(numbers.files.at(0).sha256.size(), 64u);
}

TEST(TableReader, ColumnsMayBeNamed) {
  Mapping mapping;
  mapping.encoding = "model";
  mapping.dataset = "name";
  mapping.seed = "x";
  mapping.metrics = {"y"};
  const Numbers numbers = read("model,name,seed,x,y\na,d,1,2,0.5\n", mapping);
  EXPECT_THAT(shown(numbers), ElementsAre("a/2: y=0.50"));
  EXPECT_EQ(numbers.rows[0].dataset, "d");
}

TEST(TableReader, ASecondColumnOfAKindIsNoMetric) {
  const Numbers numbers = read("model,seed,run,fold,y\na,1,7,3,0.5\n");
  EXPECT_THAT(numbers.metrics, ElementsAre("y"));
  EXPECT_EQ(numbers.rows[0].user, "3");
}

TEST(TableReader, WithoutADatasetTheFileIsOne) {
  EXPECT_EQ(read("model,seed,y\na,1,0.5\n").rows[0].dataset, "r");
}

TEST(TableReader, WithoutSeedsEveryRowIsARunOfItsOwn) {
  const Numbers numbers = read("model,y\na,1\na,2\nb,3\n");
  EXPECT_FALSE(numbers.has_seeds);
  EXPECT_NE(numbers.rows[0].run, numbers.rows[1].run);
  EXPECT_NE(numbers.rows[1].run, numbers.rows[2].run);
}

TEST(TableReader, WithoutSeedsAllUsersAreOfOneRun) {
  const Numbers numbers = read("model,user,y\na,u,1\na,v,2\n");
  EXPECT_EQ(numbers.rows[0].run, numbers.rows[1].run);
}

TEST(TableReader, AColumnPerSeed) {
  Mapping mapping;
  mapping.form = Form::wide_seeds;
  EXPECT_THAT(shown(read("model,s1,s2,note\na,1,2,x\nb,,4,\n", mapping)),
              ElementsAre("a/s1: value=1.00", "a/s2: value=2.00", "b/s1: value=-", "b/s2: value=4.00"));
  EXPECT_THAT(read("model,s1,s2\na,1,2\n", mapping).said, HasSubstr(", a seed each in \"s1\", \"s2\""));
  mapping.metrics = {"HR@10"};
  EXPECT_THAT(shown(read("model,1\na,0.5\n", mapping)), ElementsAre("a/1: HR@10=0.50"));
}

TEST(TableReader, AColumnPerEncoding) {
  Mapping mapping;
  mapping.form = Form::wide_encodings;
  const Numbers numbers = read("seed,none,rope\n1,0.5,0.25\n", mapping);
  EXPECT_THAT(shown(numbers), ElementsAre("none/1: value=0.50", "rope/1: value=0.25"));
  EXPECT_TRUE(numbers.has_seeds);
  EXPECT_FALSE(read("none,rope\n0.5,0.25\n", mapping).has_seeds);
}

TEST(TableReader, ARowPerMetric) {
  const Numbers numbers = read("model,seed,metric,value\na,1,HR,0.5\na,1,MRR,0.25\n");
  EXPECT_THAT(shown(numbers), ElementsAre("a/1: HR=0.50", "a/1: MRR=0.25"));
  EXPECT_THAT(read("model,seed,metric\na,1,0.5\n").metrics, ElementsAre("metric")) << "a number called so";
  EXPECT_THAT(refused("model,seed,metric,x,y\na,1,HR,0.5,1\n"),
              HasSubstr("\"x\", \"y\" hold numbers; give --metric"));
}

TEST(TableReader, SettingsDivideTheRows) {
  Mapping mapping;
  mapping.split = {"lr", "act"};
  const Numbers numbers = read("model,lr,act,y\na,0.10,silu,1\n", mapping);
  EXPECT_EQ(numbers.rows[0].sweep.dump(), R"({"act":"silu","lr":0.1})");
  EXPECT_THAT(numbers.metrics, ElementsAre("y"));
}

TEST(TableReader, OnlyRowsThatPass) {
  Mapping mapping;
  mapping.filters = {Filter::parse("kind=CARCA*act=silu*"), Filter::parse("model!=b")};
  const Numbers numbers = read(
      "kind,model,y\nCARCA;act=silu;e=1,a,1\nCARCA;act=leaky,a,x\nSASRec;act=silu,a,3\nCARCA;act=silu,b,4\n",
      mapping);
  EXPECT_THAT(shown(numbers), ElementsAre("a/line 2: y=1.00")) << "and the text x is of no account";
  mapping.filters = {Filter::parse("model=c*")};
  EXPECT_THAT(refused("model,y\na,1\nb,2\n", mapping),
              HasSubstr("no row of r.csv passes every --where; model holds \"a\", \"b\""));
}

TEST(TableReader, AFilteredColumnKeepsItsUse) {
  Mapping mapping;
  mapping.filters = {Filter::parse("seed=2"), Filter::parse("lr=1")};
  const Numbers numbers = read("model,seed,lr,y\na,1,1,5\na,2,1,6\n", mapping);
  EXPECT_THAT(shown(numbers), ElementsAre("a/2: y=6.00"));
}

TEST(TableReader, FiltersMatchWholeCells) {
  EXPECT_TRUE(Filter::parse("a=x*y*").passes("x-yy"));
  EXPECT_FALSE(Filter::parse("a=x*y").passes("x-y-"));
  EXPECT_FALSE(Filter::parse("a=x").passes("xx"));
  EXPECT_TRUE(Filter::parse("a!=x").passes("xx"));
  EXPECT_TRUE(Filter::parse("a=").passes(""));
  EXPECT_EQ(Filter::parse("a=b=c").pattern, "b=c");
  for (const char* text : {"a", "=b", "!=b"})
    EXPECT_THAT(refusal([&] { Filter::parse(text); }), HasSubstr("expected COLUMN=PATTERN"));
}

TEST(TableReader, RefusesTextAmongNumbers) {
  EXPECT_THAT(
      refused("model,seed,y\na,1,0.5\nb,1, 0.6x\n"),
      HasSubstr(
          "r.csv:3:6: \"y\" holds \"0.6x\" where a number belongs; leave the field empty where there is "
          "no number, or name the columns of numbers with --metric"));
  EXPECT_THAT(refused("model;seed;y\na;1;0,5\nb;1;7\n"), HasSubstr("r.csv:2:5: \"y\" holds \"0,5\""));
  Mapping mapping;
  mapping.metrics = {"y"};
  EXPECT_THAT(refused("model,y\na,x\n", mapping), AllOf(HasSubstr("r.csv:2:3:"), Not(HasSubstr("--metric"))));
}

TEST(TableReader, RefusesColumnsThatAreNotThere) {
  Mapping mapping;
  mapping.dataset = "datset";
  EXPECT_THAT(refused("dataset,model,y\nd,a,1\n", mapping),
              HasSubstr("--dataset \"datset\": r.csv has no such column; did you mean \"dataset\"?"));
  mapping = {};
  mapping.metrics = {"ndgc"};
  EXPECT_THAT(refused("model,ndcg\na,1\n", mapping),
              HasSubstr("--metric \"ndgc\": r.csv has no such column; did you mean"));
  mapping = {};
  mapping.filters = {Filter::parse("Model=a")};
  EXPECT_THAT(refused("model,y\na,1\n", mapping), HasSubstr("--where \"Model\": r.csv has no such column"));
  mapping = {};
  mapping.encoding = mapping.dataset = "model";
  EXPECT_THAT(refused("model,y\na,1\n", mapping), HasSubstr("this column has another use already"));
}

TEST(TableReader, RefusesWhatTellsTooLittle) {
  EXPECT_THAT(refused("who,y\na,1\n"), HasSubstr("give --encoding with one of \"who\", \"y\""));
  EXPECT_THAT(refused("model,note\na,x\n"), HasSubstr("no column of r.csv holds numbers; its columns are"));
  EXPECT_THAT(refused("model,y\n"), HasSubstr("r.csv has no rows, only names of columns"));
  EXPECT_THAT(refused("model,seed,y\na,,1\n"),
              HasSubstr("r.csv:2:3: \"seed\" is empty in this row; write a seed there"));
  EXPECT_THAT(refused("model,y\n,1\n"),
              HasSubstr("r.csv:2:1: \"model\" is empty in this row; write an encoding"));
}

TEST(TableReader, RefusesOptionsThatGainsayEachOther) {
  Mapping mapping;
  mapping.form = Form::wide_encodings;
  mapping.encoding = "model";
  EXPECT_THAT(refused("model,y\na,1\n", mapping), HasSubstr("with --wide encodings every column"));
  mapping = {};
  mapping.form = Form::wide_seeds;
  mapping.seed = "y";
  EXPECT_THAT(refused("model,y\na,1\n", mapping), HasSubstr("with --wide seeds every column"));
  mapping = {};
  mapping.form = Form::wide_seeds;
  mapping.metrics = {"a", "b"};
  EXPECT_THAT(refused("model,y\na,1\n", mapping), HasSubstr("--wide has one metric"));
}

TEST(TableReader, ReadsJsonLinesAlike) {
  const Numbers numbers =
      read("{\"model\": \"a\", \"seed\": 7, \"y\": NaN}\n{\"model\": \"a\", \"seed\": 8}\n");
  EXPECT_TRUE(std::isnan(*numbers.rows[0].values[0].number));
  EXPECT_FALSE(numbers.rows[1].values[0].number);
  EXPECT_EQ(numbers.rows[1].run, "8");
}

}  // namespace
}  // namespace pebench::judge
