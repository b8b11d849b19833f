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

TEST(PartsOf, AFileCalledAfterTwoIsNamed) {
  EXPECT_THAT(note_of_unclear_parts({"d/train_test.csv", "d/dev.csv"}),
              AllOf(HasSubstr("train_test.csv"), HasSubstr("train and test"), HasSubstr("rename")));
  EXPECT_EQ(note_of_unclear_parts({"train.csv", "more.csv"}), "");
  EXPECT_EQ(note_of_unclear_parts({"train_test.csv"}), "") << "there is nothing to be split into";
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

TEST_F(Parts, MayBringNegativesWhereTheyAreTested) {
  const auto train =
      write_file(folder_.path() / "train.csv", header_ + "1\tx\t1402304207\n1\ty\t1402304208\n");
  const auto test = write_file(folder_.path() / "test.csv",
                               "user_id\titem_id\ttime\tneg_items\n1\tz\t1402304209\t[5, 'y', 7]\n");
  for (const auto& files : {std::vector<GivenFile>{{train}, {test}}, {{test}, {train}}}) {
    const auto found = read_files(files, {});
    EXPECT_THAT(found.columns.item_ids, ElementsAre("x", "y", "z", "5", "7"))
        << "those that nobody has are last";
    ASSERT_EQ(found.columns.event_fields.size(), 2u);
    const EventColumn& negatives = found.columns.event_fields[0];
    EXPECT_EQ(negatives.field.name, negatives_feature);
    EXPECT_THAT(negatives.vocabulary, ElementsAre(R"(["5","y","7"])"));
    EXPECT_THAT(negatives.ids, ElementsAre(-1, -1, 0));
    EXPECT_THAT(found.columns.event_fields[1].ids, ElementsAre(0, 0, 1));
    EXPECT_THAT(found.notes, Contains(AllOf(HasSubstr("negatives are given for 1 event, 3 each"),
                                            HasSubstr("2 items without events, such as '5'"))));
  }
}

TEST_F(Parts, WithoutTheColumnOfNegativesAreToldOf) {
  const auto read_named = [&](const std::string& train, const std::string& test) {
    Reading reading;
    reading.columns = NamedColumns{"u", "i", "t", {named_feature("neg", negatives_feature)}};
    return read_files(
        {{write_file(folder_.path() / "train.csv", train)}, {write_file(folder_.path() / "test.csv", test)}},
        reading);
  };
  EXPECT_THAT(read_named("u,i,t\n1,x,1402304207\n", "u,i,t,neg\n1,y,1402304208,x z\n").notes,
              Contains(HasSubstr("train.csv has no column 'neg'")));
  EXPECT_THAT(refusal([&] { read_named("u,i,t\n1,x,1402304207\n", "u,i,t\n1,y,1402304208\n"); }),
              HasSubstr("no column 'neg'"));
  EXPECT_THAT(refusal([&] { read_named("u,i,t,neg\n1,x,1402304207,\n", "u,i,t,neg\n1,y,1402304208,\n"); }),
              HasSubstr("no event has any"));
}

TEST_F(Parts, OfJsonLinesMayLackNegativesInAnyLine) {
  Reading reading;
  reading.columns = NamedColumns{"u", "i", "t", {named_feature("neg", negatives_feature)}};
  const auto read = [&](const std::string& lines) {
    return read_files({{write_file(folder_.path() / "all.jsonl", lines)}}, reading);
  };
  const auto found = read(
      "{\"u\": 1, \"i\": 2, \"t\": 1402304207}\n"
      "{\"u\": 1, \"i\": 3, \"t\": 1402304208, \"neg\": [\"r\", 2]}\n");
  EXPECT_THAT(found.columns.event_fields.at(0).ids, ElementsAre(-1, 0));
  EXPECT_THAT(found.columns.event_fields.at(0).vocabulary, ElementsAre(R"(["r","2"])"));
  EXPECT_THAT(refusal([&] { read("{\"u\": [1], \"i\": 2, \"t\": 1402304207, \"neg\": [3]}\n"); }),
              HasSubstr("'u' is no text and no number"));
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
