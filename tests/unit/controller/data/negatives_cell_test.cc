#include "host/controller/data/negatives_cell.h"

#include <gmock/gmock.h>

#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::filesystem::path file = "test.csv";
const Spot spot{&file, 7};

TEST(NegativesCell, IsAListInAnyForm) {
  const std::string two = R"(["20","18"])";
  for (const char* cell :
       {"[20, 18]", R"(["20", "18"])", "['20', u'18']", "(20, 18)", "20 18", "20,18", " 20;18 ", "20|18"})
    EXPECT_EQ(negatives_cell(cell, spot), two) << cell;
  EXPECT_EQ(negatives_cell(R"(["a b", "c,d"])", spot), R"(["a b","c,d"])");
  EXPECT_EQ(negatives_cell("007", spot), R"(["007"])") << "ids are texts";
  EXPECT_EQ(negatives_cell("[3, 1, 3]", spot), R"(["3","1"])") << "each once";
}

TEST(NegativesCell, OfNoIdsIsEmpty) {
  for (const char* cell : {"", " ", "[]", "()", "nan", "None", "null"})
    EXPECT_EQ(negatives_cell(cell, spot), "") << cell;
}

TEST(NegativesCell, OfSomethingElseIsRefusedWithItsPlace) {
  for (const char* cell :
       {"[1, [2]]", "[1.5]", "[1, 2", "[null]", "{\"a\": 1}", "array([1, 2])", "it's b", "\"[1, 2]\""})
    EXPECT_THAT(refusal([&] { negatives_cell(cell, spot); }),
                AllOf(HasSubstr("test.csv:7"), HasSubstr(cell), HasSubstr("no list of items")));
  EXPECT_THAT(refusal([] { negatives_cell(R"(["a", ""])", spot); }), HasSubstr("is empty"));
  for (const auto& [cell, why] : {std::pair<std::string, const char*>{"['a', '\xE9']", "no UTF-8"},
                                  {"caf\xE9 b", "no UTF-8"},
                                  {R"(["a\nb"])", "line break"},
                                  {R"(["a\u0000b"])", "zero byte"}})
    EXPECT_THAT(refusal([&] { negatives_cell(cell, spot); }), AllOf(HasSubstr("test.csv:7"), HasSubstr(why)));
}

}  // namespace
}  // namespace pebench::data
