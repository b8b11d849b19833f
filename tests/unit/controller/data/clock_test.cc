#include "host/controller/data/clock.h"

#include <gmock/gmock.h>

#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

using ::testing::HasSubstr;

/// Unix seconds of times that a column has, in the order given.
std::vector<std::int64_t> seconds_of(const std::vector<std::string>& texts, const std::string& pattern = "",
                                     const std::string& unit = "") {
  static const std::filesystem::path file = "file";
  Clock clock(pattern, unit);
  std::vector<Instant> instants;
  std::int64_t line = 0;
  for (const std::string& text : texts) instants.push_back(clock.read(text, {&file, ++line}));
  std::vector<std::int64_t> all;
  for (const Instant& instant : instants) all.push_back(seconds(instant, clock.units_in_second()));
  return all;
}

std::string note_of(const std::vector<std::string>& texts) {
  static const std::filesystem::path file = "file";
  Clock clock("", "");
  for (const std::string& text : texts) clock.read(text, {&file, 1});
  return clock.note();
}

TEST(Clock, TellsTheUnitOfNumbersFromAllOfThem) {
  using Seconds = std::vector<std::int64_t>;
  EXPECT_EQ(seconds_of({"1600873142", "977593734"}), (Seconds{1600873142, 977593734}));
  EXPECT_EQ(seconds_of({"1600873142158", "1600927020557"}), (Seconds{1600873142, 1600927020}));
  EXPECT_EQ(seconds_of({"1600873142158000"}), (Seconds{1600873142}));
  EXPECT_EQ(seconds_of({"1600873142158000123"}), (Seconds{1600873142}));
  EXPECT_EQ(seconds_of({"1301955134.5", "1301955134"}), (Seconds{1301955134, 1301955134}));
  EXPECT_EQ(seconds_of({"1", "2", "-3"}, "", "s"), (Seconds{1, 2, -3}));
  EXPECT_EQ(seconds_of({"-0.5"}, "", "s"), (Seconds{-1})) << "half a second before 1970";
}

TEST(Clock, ReadsDatesAsUtc) {
  using Seconds = std::vector<std::int64_t>;
  EXPECT_EQ(seconds_of({"1970-01-02T00:00:01Z", "1970-01-02T05:30:01+05:30", "1970-01-01T16:00:01-0800"}),
            (Seconds{86401, 86401, 86401}));
  EXPECT_EQ(seconds_of({"2018-07-25 19:52:32"}), (Seconds{1532548352}));
  EXPECT_EQ(seconds_of({"1970-01-02"}), (Seconds{86400}));
  EXPECT_EQ(seconds_of({"1970-01-02T24:00:00Z", "1971-12-31T23:59:60Z"}), (Seconds{172800, 63072000}));
  EXPECT_EQ(seconds_of({"Fri Jan 02 00:00:01 +0000 1970"}), (Seconds{86401}));
  EXPECT_EQ(seconds_of({"02.01.1970 00:01"}, "%d.%m.%Y %H:%M"), (Seconds{86460}));
  EXPECT_EQ(seconds_of({"5000"}, "", "ms"), (Seconds{5}));
}

TEST(Clock, SaysWhatItTookThemFor) {
  EXPECT_EQ(note_of({"1600873142"}), "times are unix seconds");
  EXPECT_THAT(note_of({"1600873142158"}), HasSubstr("unix milliseconds; kept as whole seconds"));
  EXPECT_THAT(note_of({"1301955134.5", "1301955135.0"}), HasSubstr("(1 of 2 times)"));
  EXPECT_THAT(note_of({"2018-07-25 19:52:32"}), HasSubstr("without a zone, read as UTC"));
  EXPECT_THAT(note_of({"2018-07-25"}), HasSubstr("whole days"));
}

TEST(Clock, RefusesWithPlaceValueAndRemedy) {
  EXPECT_THAT(refusal([] {
                seconds_of({"1600873142", "yesterday"});
              }),
              testing::AllOf(HasSubstr("file:2: 'yesterday' is no time"), HasSubstr("--time-format")));
  EXPECT_THAT(
      refusal([] {
        seconds_of({"1600873142", "2018-07-25"});
      }),
      HasSubstr("file:2: the time '2018-07-25' is written in another way than '1600873142' (file:1)"));
  EXPECT_THAT(refusal([] {
                seconds_of({"1600873142", "1600873142158"});
              }),
              testing::AllOf(HasSubstr("no unit of time fits both 1600873142 and 1600873142158 (file:2)"),
                             HasSubstr("--time-unit")));
  for (const char* text :
       {"", " ", "1e9", "2018-02-30", "2018-13-01", "2018-07-25T", "2018-07-25T10:00:00+5"})
    EXPECT_THAT(refusal([&] { seconds_of({text}); }), HasSubstr("is no time")) << text;
  EXPECT_THAT(
      refusal([] {
        seconds_of({"2024-02-01", "0001-01-01"});
      }),
      testing::AllOf(HasSubstr("file:2: the time 0001-01-01"), HasSubstr("outside the years 1400 to 9999")));
  for (const char* days : {"20240131", "45352.385"})
    EXPECT_THAT(refusal([&] { seconds_of({days}); }),
                testing::AllOf(HasSubstr("not of the years 1980 to 2100"), HasSubstr("--time-unit s"),
                               HasSubstr("%Y%m%d")));
  EXPECT_THAT(refusal([] { seconds_of({}, "%Y %Z"); }), HasSubstr("%Z"));
  EXPECT_THAT(refusal([] { seconds_of({}, "%H:%M"); }), HasSubstr("no year"));
  EXPECT_THAT(refusal([] { seconds_of({"2018-07-25T10:00:00+99:99"}); }), HasSubstr("is no time"));
  EXPECT_THAT(refusal([] { seconds_of({"1.2.2018"}, "%Y"); }),
              HasSubstr("is not written as --time-format %Y"));
  EXPECT_THAT(refusal([] { seconds_of({"9999999999999"}, "", "s"); }), HasSubstr("outside the years"));
}

}  // namespace
}  // namespace pebench::data
