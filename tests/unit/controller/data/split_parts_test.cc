#include "host/controller/data/split_parts.h"

#include <gmock/gmock.h>

#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(PartsOf, AreToldByAWordOfTheName) {
  EXPECT_THAT(parts_of({"d/train.csv", "d/dev.csv", "d/test.csv"}), ElementsAre("train", "valid", "test"));
  EXPECT_THAT(parts_of({"ml-100k.test.inter", "ml-100k.train.inter"}), ElementsAre("test", "train"));
  EXPECT_THAT(parts_of({"Train_1.tsv.gz", "Train_2.tsv.gz", "Test.tsv.gz"}),
              ElementsAre("train", "train", "test"));
  EXPECT_THAT(parts_of({"train.csv", "dev.csv"}), IsEmpty()) << "nothing tests";
  EXPECT_THAT(parts_of({"train.csv", "test.csv", "more.csv"}), IsEmpty());
  EXPECT_THAT(parts_of({"train_test.csv", "test.csv", "train.csv"}), IsEmpty());
  EXPECT_THAT(parts_of({"training/events.csv", "latest.csv"}), IsEmpty()) << "of the file, and whole words";
}

class Parts : public RawData {
 protected:
  std::string header_ = "user_id\titem_id\ttime\n";
  ReadFiles read(const std::string& train, const std::string& test) {
    return read_files({{write_file(folder_.path() / "train.csv", header_ + train)},
                       {write_file(folder_.path() / "test.csv", header_ + test)}},
                      {});
  }
};

TEST_F(Parts, OfFilesAreKeptEventByEvent) {
  const auto found =
      read("1\tx\t1402304207\n1\ty\t1402304300\n2\tx\t1402304207\n", "1\tz\t1402304250\n2\tz\t1402304208\n");
  EXPECT_THAT(found.notes, Contains(AllOf(HasSubstr("3 events train, 0 validate, 2 test"),
                                          HasSubstr("1 training events come after"))));
  ASSERT_EQ(found.columns.event_fields.size(), 1u);
  const EventColumn& parts = found.columns.event_fields[0];
  EXPECT_THAT(parts.vocabulary, ElementsAre("train", "test"));
  EXPECT_THAT(parts.ids, ElementsAre(0, 1, 0, 0, 1));
}

TEST_F(Parts, AreReadInTheirOwnOrderWhateverIsGiven) {
  const auto train = write_file(folder_.path() / "train.csv", header_ + "1\tx\t1402304207\n");
  const auto valid = write_file(folder_.path() / "dev.csv", header_ + "1\ty\t1402304208\n");
  const auto test = write_file(folder_.path() / "test.csv", header_ + "2\tz\t1402304209\n");
  const auto found = read_files({{test}, {valid}, {train}}, {});
  EXPECT_THAT(found.columns.item_ids, ElementsAre("x", "y", "z"));
  EXPECT_THAT(found.notes, Contains(HasSubstr("eval.split = \"files\" takes it")));
}

TEST_F(Parts, OfAColumnAreOneOfThreeWords) {
  Reading reading;
  reading.columns = NamedColumns{"u", "i", "t", {{"part", "split", FeatureKind::either}}};
  const auto of = [&](const std::string& rows) {
    return read_files({{write_file(folder_.path() / "events.csv", "u,i,t,part\n" + rows)}}, reading);
  };
  EXPECT_THAT(of("a,x,1402304207,train\na,y,1402304208,test\n").notes,
              Contains(AllOf(HasSubstr("1 events train, 0 validate, 1 test"),
                             HasSubstr("needs events that validate"))));
  EXPECT_THAT(refusal([&] { of("a,x,1402304207,train\na,y,1402304208,holdout\n"); }), HasSubstr("'holdout'"));
  EXPECT_THAT(refusal([&] { of("a,x,1402304207,train\na,y,1402304208,\n"); }), HasSubstr("without a part"));
  EXPECT_THAT(refusal([&] { of("a,x,1402304207,1\na,y,1402304208,2\n"); }),
              HasSubstr("train, valid or test"));
}

}  // namespace
}  // namespace pebench::data
