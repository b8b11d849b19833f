#include "host/controller/data/read_files.h"

#include <gmock/gmock.h>

#include <cmath>

#include "host/controller/data/line_order.h"
#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Reads : public testing::Test {
 protected:
  ReadFiles read(const std::vector<std::string>& contents, const Reading& reading = {}) {
    std::vector<GivenFile> files;
    for (std::size_t i = 0; i < contents.size(); ++i)
      files.push_back({write_file(folder_.path() / ("file" + std::to_string(i)), contents[i])});
    return read_files(files, reading);
  }
  std::string refused(const std::vector<std::string>& contents, const Reading& reading = {}) {
    return refusal([&] { read(contents, reading); });
  }
  /// "user: item item, ..." in the order of users, events by time.
  static std::string histories(const Columns& columns) {
    std::string text;
    for (std::size_t user = 0; user < columns.user_ids.size(); ++user) {
      text += (text.empty() ? "" : ", ") + columns.user_ids[user] + ":";
      for (std::int64_t e = columns.offsets[user]; e < columns.offsets[user + 1]; ++e)
        text += " " + columns.item_ids[static_cast<std::size_t>(columns.items[e] - 1)];
    }
    return text;
  }
  static std::vector<std::string> vocabulary(const ReadFiles& read, const std::string& field) {
    for (const FieldColumn& column : read.columns.fields)
      if (column.field.name == field) return column.vocabulary;
    return {};
  }

  TemporaryFolder folder_;
};

struct Sample {
  const char* name;
  std::string content;
  const char* format;  ///< as it is named aloud
  const char* histories;
  std::vector<std::int64_t> times;  ///< of the events, user by user
};
std::string name_of(const testing::TestParamInfo<Sample>& info) { return info.param.name; }

class Format : public Reads, public testing::WithParamInterface<Sample> {};

TEST_P(Format, IsRecognisedAndRead) {
  const auto& sample = GetParam();
  for (const bool compressed : {false, true}) {
    const auto found = read({compressed ? gzip(sample.content) : sample.content});
    EXPECT_EQ(histories(found.columns), sample.histories);
    EXPECT_EQ(found.columns.times, sample.times);
    EXPECT_THAT(found.notes, Contains(HasSubstr(std::string("read as ") + sample.format)));
    EXPECT_EQ(found.files.at(0).at("format"), sample.format);
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, Format,
    testing::Values(
        Sample{"Own",
               "user\titem\ttimestamp\na\tx\t5\na\ty\t4\n",
               "pebench's interactions.tsv",
               "a: y x",
               {4, 5}},
        Sample{"RecBole",
               "user_id:token\titem_id:token\trating:float\ttimestamp:float\n07\t001\t4.0\t1301955134.5\n"
               "07\t1\t1.0\t1301955134.0\n7\t0\t2.0\t1300557918\n",
               "RecBole",
               "07: 1 001, 7: 0",
               {1301955134, 1301955134, 1300557918}},
        Sample{"MovieLens100k",
               "1\t3\t1\t881948362\n21\t3\t1\t880598361\n",
               "MovieLens u.data",
               "1: 3, 21: 3",
               {881948362, 880598361}},
        Sample{"MovieLens1m",
               "2::41::4::977593734\n2::3::2::977579638\n",
               "MovieLens 1M ratings.dat",
               "2: 3 41",
               {977579638, 977593734}},
        Sample{"MovieLensLatest",
               "\"userId\",\"movieId\",\"rating\",\"timestamp\"\n13,40,4.0,1250131570\n",
               "MovieLens ratings.csv",
               "13: 40",
               {1250131570}},
        Sample{
            "Amazon2014",
            R"({"reviewerID": "A1", "asin": "0000039595", "reviewText": "\"q\" caf\u00e9", "unixReviewTime": 1360972800})"
            "\n",
            "Amazon 2014 reviews",
            "A1: 0000039595",
            {1360972800}},
        Sample{
            "Amazon2018",
            R"({"overall": 4.0, "verified": false, "reviewerID": "A4", "asin": "0000055433", "unixReviewTime": 1502409600})"
            "\n",
            "Amazon 2018 reviews",
            "A4: 0000055433",
            {1502409600}},
        Sample{"Amazon2023",
               R"({"asin": "V", "parent_asin": "B1", "user_id": "AE5", "timestamp": 1600942538560})"
               "\n"
               R"({"asin": "W", "parent_asin": "B0", "user_id": "AE5", "timestamp": 1600942538010})"
               "\n",
               "Amazon 2023 reviews",
               "AE5: B0 B1",
               {1600942538, 1600942538}},
        Sample{"Amazon2023Csv",
               "user_id,parent_asin,rating,timestamp,history\nAE3,B4,3.0,1600873142158,\n"
               "AE3,B5,1.0,1600927020557,B4\n",
               "Amazon 2023 ratings",
               "AE3: B4 B5",
               {1600873142, 1600927020}},
        Sample{"SasRec", "1 9\n1 4\n2 9\n1 9\n", "SASRec text", "1: 9 4 9, 2: 9", {0, 1, 2, 0}},
        Sample{"ReChorus",
               "user_id\titem_id\ttime\tneg_items\n1\t7\t1402506031\t[20, 18]\n",
               "ReChorus",
               "1: 7",
               {1402506031}},
        Sample{
            "Steam",
            R"({u'hours': 40.4, u'username': u'p_0', u'product_id': u'3001', u'date': u'2016-12-20', u'text': u'it\'s "up"', u'early': False})"
            "\n",
            "Steam reviews",
            "p_0: 3001",
            {1482192000}},
        Sample{
            "Yelp",
            R"({"review_id": "r", "user_id": "u1", "business_id": "p1", "stars": 5.0, "date": "2018-07-25 19:52:32"})"
            "\n",
            "Yelp reviews",
            "u1: p1",
            {1532548352}},
        Sample{"Gowalla",
               "0\t2010-08-24T18:33:21Z\t37.2\t-95.5\t420315\n0\t2010-08-23T12:44:55Z\t37\t-95\t7\n",
               "Gowalla",
               "0: 7 420315",
               {1282567495, 1282674801}},
        Sample{"Foursquare",
               "979\t4inv3\t4cat0\tCaf\xe9\t40.73\t-74.0\t-240\tFri Mar 30 17:33:35 +0000 2012\n",
               "Foursquare TSMC 2014",
               "979: 4inv3",
               {1333128815}}),
    name_of);

TEST_F(Reads, SeveralFilesOfEventsInTheirOrder) {
  const std::string header = "user_id\titem_id\ttime\n";
  const auto found = read({header + "1\t10\t1402506031\n", header + "1\t11\t1402506031\n"});
  EXPECT_EQ(histories(found.columns), "1: 10 11");
  EXPECT_THAT(refused({header + "1\t10\t1402506031\n", header + "1\t10\t1402506031\n"}),
              HasSubstr("give it once"));
  EXPECT_THAT(refused({header + "1\t10\t5\n", "1 10\n"}),
              AllOf(HasSubstr("is ReChorus, but "), HasSubstr("is SASRec text"), HasSubstr("of one format")));
}

TEST_F(Reads, WhatIsKnownOfItems) {
  const std::string ratings =
      "\"userId\",\"movieId\",\"rating\",\"timestamp\"\n1,3,4,1250131570\n1,17,4,1250131571\n";
  auto found =
      read({"movieId,title,genres\n3,\"Long Road, The\",Drama|War\n17,\"\"\"no\"\"\",(no genres listed)\n"
            "9,Other,Comedy\n",
            ratings});
  EXPECT_THAT(vocabulary(found, "genres"), ElementsAre("Drama", "War"));
  EXPECT_THAT(found.notes, Contains(AllOf(HasSubstr("2 of 2 items have a row"),
                                          HasSubstr("1 rows are about items without events, such as '9'"))));

  const std::string colons = "2::3::4::977593734\n2::99::2::977579638\n";
  found = read({colons, "3::Ni\xf1o, El (1980)::Drama\n99::What: If::Not (1985)::War|Drama\n"});
  EXPECT_THAT(vocabulary(found, "genres"), ElementsAre("Drama", "War"));

  found = read({"1\t3\t1\t881948362\n",
                "3|Caf\xe9 (1980)|01-Jan-1980||http://x|0|1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|1\n"});
  EXPECT_THAT(vocabulary(found, "genres"), ElementsAre("Action", "Western"));

  const std::string review = R"({"reviewerID": "A1", "asin": "01", "unixReviewTime": 1360972800})"
                             "\n";
  found = read(
      {review,
       R"({'asin': '01', 'title': 'It\'s', 'price': 4.5, 'brand': "O'Neil", 'categories': [['Up', 'Sort 0'], ['Up']]})"
       "\n"});
  EXPECT_THAT(vocabulary(found, "categories"), ElementsAre("Up", "Sort 0"));
  EXPECT_THAT(vocabulary(found, "brand"), ElementsAre("O'Neil"));

  found = read({review, R"({"asin": "01", "category": ["Up", "</span>"], "brand": "B", "price": "$1,299.00"})"
                        "\n"});
  EXPECT_THAT(vocabulary(found, "categories"), ElementsAre("Up"));
  EXPECT_FLOAT_EQ(found.columns.fields.back().values.at(1), 1299.0f);

  found = read({review, R"({"asin": "01", "category": ["Up"], "brand": "", "price": "$1.00 - $2.00"})"
                        "\n"});
  EXPECT_THAT(found.notes, Contains(HasSubstr("1 values of 'price' are no number and count as missing")));
  found = read({review, R"({"asin": "01", "category": ["Up"], "price": "12,50"})"
                        "\n"});
  EXPECT_THAT(found.notes, Contains(HasSubstr("1 values of 'price' are no number and count as missing")));

  found = read({"user_id:token\titem_id:token\ttimestamp:float\n7\t1\t1402506031\n",
                "item_id:token\tclass:token_seq\tprice:float\tvec:float_seq\n1\tRed [Blue\t3.5\t0.1 0.2\n",
                "user_id:token\tage:float\n7\t20\n"});
  EXPECT_THAT(vocabulary(found, "class"), ElementsAre("Red", "[Blue"));
  ASSERT_EQ(found.columns.fields.size(), 3u);
  EXPECT_EQ(found.columns.fields[2].values, (std::vector<float>{0, 0, 0.1f, 0.2f}));
  EXPECT_THAT(found.notes, Contains(HasSubstr("describes users")));
}

TEST_F(Reads, ItemsThatMatchNothingAreRefused) {
  EXPECT_THAT(refused({"user\titem\ttimestamp\na\t007\t5\n", R"({"item": "7", "brand": "b"})"
                                                             "\n"}),
              AllOf(HasSubstr("none of its 1 rows is about an item of the events, such as '007'"),
                    HasSubstr("the first is about '7'"), HasSubstr("leading zeros")));
}

TEST_F(Reads, PlainLinesAndQuotesInTurns) {
  Reading reading;
  reading.columns = NamedColumns{"u", "i", "t", {}};
  const auto found = read({"u,i,t,c\r\na,x,1400000000,\r\n\"a\",\"y, \"\"z\"\"\",1400000001,\"two\n\nlines, "
                           "a,b,1,2\"\n\nb, x,1400000002,c\rb,w,1400000003,\n"},
                          reading);
  EXPECT_EQ(histories(found.columns), "a: x y, \"z\", b:  x w");
  EXPECT_THAT(refused({"u,i,t\na,x,1400000000\nb,\"x\"y,1400000000\n"}, reading), HasSubstr("quotes"));
  EXPECT_THAT(refused({"u,i,t\na,x,1400000000\nb,\"x,1400000000\nb,x,1400000000\n"}, reading),
              HasSubstr("quotes"));
}

TEST_F(Reads, AnOrderOfNamesGoesBeforeTheOrderOfLines) {
  const std::string events = "user\titem\ttimestamp\na\tx\t5\na\ty\t6\n";
  const auto found =
      read({events, "{\"item\": \"x\", \"brand\": \"B\"}\n",
            "{\"numbered\": \"item\", \"name\": \"y\"}\n{\"numbered\": \"item\", \"name\": \"nobody's\"}\n"
            "{\"numbered\": \"word\", \"field\": \"brand\", \"name\": \"A\"}\n"});
  EXPECT_THAT(found.columns.item_ids, ElementsAre("y", "nobody's", "x"));
  EXPECT_THAT(vocabulary(found, "brand"), ElementsAre("A", "B"));
  EXPECT_THAT(found.notes, Contains(HasSubstr("2 items, 1 words of 'brand'")));
  const auto refused_order = [&](const std::string& order) { return refused({events, order}); };
  EXPECT_THAT(
      refused_order("{\"numbered\": \"item\", \"name\": \"y\"}\n{\"numbered\": \"item\", \"name\": \"y\"}\n"),
      AllOf(HasSubstr("file1:2: 'y' is listed twice"), HasSubstr("keep one")));
  EXPECT_THAT(refused_order("{\"numbered\": \"user\", \"name\": \"y\"}\n"), HasSubstr("file1:1: write {"));
}

TEST_F(Reads, AnyTableByTheNamesOfItsColumns) {
  Reading reading;
  reading.columns = NamedColumns{"Who", "What", "When", {}};
  const std::string table =
      "\xef\xbb\xbfWhen,Who,What,Comment\r\n2015-12-18T16:42:49Z,\"Ann, A.\",x3,\r\n"
      "2015-12-18T16:42:48Z,\"Ann, A.\",\"x\"\"4\",\"two\r\nlines\"\r\n";
  EXPECT_EQ(histories(read({table}, reading).columns), "Ann, A.: x\"4 x3");
  EXPECT_EQ(histories(read({"What;Who;When\nx; a b;1360972800\n"}, reading).columns), " a b: x");
  EXPECT_EQ(histories(read({R"({"Who": 7, "What": "x", "When": 1360972800, "more": [1]})"
                            "\n"},
                           reading)
                          .columns),
            "7: x");
  EXPECT_THAT(refused({"When,Whoo,What\n1,a,b\n"}, reading),
              AllOf(HasSubstr("there is no column 'Who'"), HasSubstr("did you mean \"Whoo\"?")));
  EXPECT_THAT(refused({"When,Who,What\n1,a,b\n1,a\n"}, reading),
              AllOf(HasSubstr(":3: expected 3 columns"), HasSubstr("found 2")));
  EXPECT_THAT(refused({"When,Who,What\n1,\"a,b\n"}, reading), HasSubstr("its quotes are not those of CSV"));

  EXPECT_THAT(refused({"Who,What,What,When\na,b,c,1360972800\n"}, reading),
              HasSubstr("two columns are called 'What'"));
  EXPECT_THAT(refused({R"({"Who": ["x"], "What": "x", "When": 1360972800})"
                       "\n"},
                      reading),
              HasSubstr("'Who' is no text and no number"));
  EXPECT_THAT(refused({R"({"Whoo": "x", "What": "x", "When": 1360972800})"
                       "\n"},
                      reading),
              HasSubstr("did you mean \"Whoo\"?"));

  reading.columns = NamedColumns{"2", "3", "", {}};
  const auto by_number = read({"x|a b|b\nx|a b|c\n"}, reading);
  EXPECT_EQ(histories(by_number.columns), "a b: b c");
  EXPECT_THAT(by_number.notes, Contains(HasSubstr("a table without header, separated by '|', columns 2, 3")));

  reading.columns = NamedColumns{"user", "item", "time", {}};
  EXPECT_EQ(histories(read({R"({"user": "u", "item": "x", "time": 1360972800})"
                            "\n"},
                           reading)
                          .columns),
            "u: x")
      << "though items.jsonl begins like this";
}

TEST_F(Reads, WhatIsNotRecognisedIsRefusedWithTheKnown) {
  EXPECT_THAT(refused({"When,Who,What\n1,a,b\n"}),
              AllOf(HasSubstr("no known format begins with 'When,Who,What'"), HasSubstr("--columns"),
                    HasSubstr("RecBole")));
  EXPECT_THAT(refused({""}), HasSubstr("the file is empty"));
  for (const char* other :
       {"userId,movieId,tag,timestamp\n1,2,funny,1250131570\n",  // MovieLens' tags.csv
        "1\t2\t1700000000\t1\n", "user_id:token\titem_id:token\trating:float\ttime:float\n1\t2\t3\t4\n",
        "{\"user_id\": \"u\", \"business_id\": \"p\", \"date\": \"2018-07-25 19:52:32\"}\n"})
    EXPECT_THAT(refused({other}), HasSubstr("no known format begins with")) << other;
  EXPECT_THAT(refused({"movieId,title,genres\n3,a,b\n"}), HasSubstr("no events but MovieLens movies.csv"));
  EXPECT_THAT(refused({"1\t3\t1\t881948362\n1\t\t1\t881948362\n"}), HasSubstr(":2: the item is empty"));
  EXPECT_THAT(refused({"979\tv\xe9\t4cat0\tx\t40.73\t-74.0\t-240\tFri Mar 30 17:33:35 +0000 2012\n"}),
              AllOf(HasSubstr("the item is no UTF-8"), HasSubstr("iconv")));
  EXPECT_THAT(
      refused({R"({"review_id": "r", "user_id": "u1", "business_id": "p1", "date": "2018-07-25 19:52:32"})"
               "\n{\"user_id\": \"u1\", \"date\": \"2018-07-25 19:52:32\"}\n"}),
      HasSubstr(":2: there is no 'business_id'"));
  EXPECT_THAT(
      refused({R"({"review_id": "r", "user_id": "u1", "business_id": "p1", "date": "2018-07-25 19:52:32"})"
               "\n{\"user_id\": \n"}),
      HasSubstr(":2: not a JSON object"));
}

TEST_F(Reads, FeaturesOfEventsGoWhereTheirEventsGo) {
  const auto found =
      read({"userId,movieId,rating,timestamp\n1,10,4.5,1250000002\n2,10,x,1250000001\n"
            "1,11,,1250000001\n"});
  ASSERT_EQ(found.columns.event_fields.size(), 1u);
  const EventColumn& rating = found.columns.event_fields[0];
  EXPECT_EQ(rating.field.name, "rating");
  EXPECT_FALSE(rating.field.sparse);
  ASSERT_EQ(rating.values.size(), 3u);
  EXPECT_TRUE(std::isnan(rating.values[0])) << "user 1's older event has none";
  EXPECT_EQ(rating.values[1], 4.5f);
  EXPECT_TRUE(std::isnan(rating.values[2]));
  EXPECT_THAT(found.notes, Contains(HasSubstr("each event's rating: a number; 1 are no number")));
}

TEST_F(Reads, NamedFeaturesAreNumbersIfAllTheirValuesAre) {
  Reading reading;
  reading.columns =
      NamedColumns{"u", "i", "t", {{"p", "paid", FeatureKind::either}, {"w", "where", FeatureKind::either}}};
  const auto found =
      read({"u,i,t,p,w\na,x,1250000002,3,7\na,y,1250000001,2.5,home\nb,x,1250000003,,7\n"}, reading);
  ASSERT_EQ(found.columns.event_fields.size(), 2u);
  EXPECT_THAT(found.columns.event_fields[0].values, ElementsAre(2.5f, 3.0f, testing::IsNan()));
  EXPECT_TRUE(found.columns.event_fields[1].field.sparse);
  EXPECT_THAT(found.columns.event_fields[1].vocabulary, ElementsAre("7", "home"));
  EXPECT_THAT(found.columns.event_fields[1].ids, ElementsAre(1, 0, 0));
  EXPECT_THAT(found.notes,
              Contains(HasSubstr("each event's where: 2 categories, since 'home' is no number")));
  reading.columns->features[1].column = "v";
  EXPECT_THAT(refused({"u,i,t,p,w\na,x,1250000002,3,7\n"}, reading), HasSubstr("'v'"));
}

TEST_F(Reads, ColumnsOfRecBoleThatAreCalledAsPebenchCallsItsOwnKeepOut) {
  const auto found =
      read({"user_id:token\titem_id:token\ttimestamp:float\tsplit:token\tdate:"
            "token\n1\tx\t1250000002\tfold1\tMay\n"});
  ASSERT_EQ(found.columns.event_fields.size(), 2u);
  EXPECT_EQ(found.columns.event_fields[0].field.name, "split_given");
  EXPECT_EQ(found.columns.event_fields[1].field.name, "date_given");
}

TEST_F(Reads, TheOrderOfLinesDoesNotDecideWhichFeatureAnEventHas) {
  const std::string rows[] = {"1,10,2,1250000001\n", "1,10,5,1250000001\n", "1,11,1,1250000001\n"};
  const std::string header = "userId,movieId,rating,timestamp\n";
  const auto forwards = without_line_order(read({header + rows[0] + rows[1] + rows[2]}).columns);
  const auto backwards = without_line_order(read({header + rows[2] + rows[1] + rows[0]}).columns);
  EXPECT_EQ(forwards.items, backwards.items);
  EXPECT_EQ(forwards.event_fields[0].values, backwards.event_fields[0].values);
}

}  // namespace
}  // namespace pebench::data
