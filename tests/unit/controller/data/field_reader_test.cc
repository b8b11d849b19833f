#include "host/controller/data/field_reader.h"

#include <gmock/gmock.h>

#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

using ::testing::ElementsAre;

TEST(FieldReader, MakesSparseRowsOfTextsAndWholeNumbers) {
  FieldReader reader(4);
  reader.add(1, "tags", {"b", "a", "b"}, "here");
  reader.add(3, "tags", "c", "here");
  reader.add(4, "tags", {"a", "c"}, "here");
  reader.add(2, "codes", {70, 5}, "here");
  const auto columns = reader.columns();
  ASSERT_EQ(columns.size(), 2u);

  EXPECT_EQ(columns[0].field.name, "codes");
  EXPECT_TRUE(columns[0].field.sparse);
  EXPECT_THAT(columns[0].vocabulary, ElementsAre("70", "5"));
  EXPECT_THAT(columns[0].offsets, ElementsAre(0, 0, 0, 2, 2, 2));
  EXPECT_THAT(columns[0].ids, ElementsAre(0, 1));

  EXPECT_EQ(columns[1].field.name, "tags");
  EXPECT_EQ(columns[1].field.width, 3);
  EXPECT_THAT(columns[1].vocabulary, ElementsAre("b", "a", "c"));
  EXPECT_THAT(columns[1].offsets, ElementsAre(0, 0, 2, 2, 3, 5));
  EXPECT_THAT(columns[1].ids, ElementsAre(0, 1, 2, 1, 2));
}

TEST(FieldReader, MakesDenseRowsOfNumbersAndZerosOfWhatIsMissing) {
  FieldReader reader(3);
  reader.add(1, "price", 2, "here");
  reader.add(2, "price", nullptr, "here");
  reader.add(3, "price", -0.5, "here");
  reader.add(1, "image", {0.5, 1}, "here");
  reader.add(3, "image", {3, 4}, "here");  // whole numbers, in a field that is dense already
  reader.add(2, "image", nlohmann::json::array(), "here");
  const auto columns = reader.columns();
  ASSERT_EQ(columns.size(), 2u);
  EXPECT_EQ(columns[0].field.name, "image");
  EXPECT_FALSE(columns[0].field.sparse);
  EXPECT_EQ(columns[0].field.width, 2);
  EXPECT_THAT(columns[0].values, ElementsAre(0, 0, 0.5f, 1, 0, 0, 3, 4));
  EXPECT_EQ(columns[1].field.width, 1);
  EXPECT_THAT(columns[1].values, ElementsAre(0, 2, 0, -0.5f));
}

TEST(FieldReader, HasNoColumnForAFieldWithoutValues) {
  FieldReader reader(2);
  reader.add(1, "nothing", nullptr, "here");
  reader.add(2, "nothing", nlohmann::json::array(), "here");
  EXPECT_TRUE(reader.columns().empty());
}

TEST(FieldReader, BeginsItsRefusalsWithThePlace) {
  FieldReader reader(2);
  EXPECT_THAT(refusal([&] { reader.add(1, "f", true, "items.jsonl:7"); }),
              testing::StartsWith("items.jsonl:7: field 'f'"));
}

}  // namespace
}  // namespace pebench::data
