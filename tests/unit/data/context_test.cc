#include "host/data/context.h"

#include <gmock/gmock.h>

#include <cmath>
#include <set>

#include "tests/unit/data/raw_data.h"

namespace pebench::data {
namespace {

constexpr std::int64_t day = 86400;
constexpr std::int64_t first = 1023840000;  // 2002-06-12
constexpr std::int64_t last = 1406073600;   // 2014-07-23

void expect(const ContextCalendar& calendar, std::int64_t time,
            const std::array<double, date_features>& expected) {
  const auto features = calendar.features(time);
  for (int k = 0; k < date_features; ++k)
    EXPECT_DOUBLE_EQ(features[k], expected[k]) << "feature " << k << " of " << time;
}

TEST(Context, IsTheDateAsShares) {
  const ContextCalendar calendar(first, last, 53);
  expect(calendar, last, {1.0, 7 / 12.0, 23 / 31.0, 2 / 7.0, 204 / 365.0, 30 / 53.0});
  expect(calendar, first, {0.0, 6 / 12.0, 12 / 31.0, 2 / 7.0, 163 / 365.0, 24 / 53.0});
}

TEST(Context, TakesTheWeekOfTheIsoYear) {
  const ContextCalendar calendar(first, last, 53);
  // 2005-01-01, a Saturday in week 53 of 2004; 2008-12-29, a Monday in week 1 of 2009; 2012-12-31, day 366,
  // in week 1 of 2013.
  expect(calendar, 1104537600, {3 / 12.0, 1 / 12.0, 1 / 31.0, 5 / 7.0, 1 / 365.0, 53 / 53.0});
  expect(calendar, 1230508800, {6 / 12.0, 12 / 12.0, 29 / 31.0, 0.0, 364 / 365.0, 1 / 53.0});
  expect(calendar, 1356912000, {10 / 12.0, 12 / 12.0, 31 / 31.0, 0.0, 366 / 365.0, 1 / 53.0});
}

TEST(Context, IsConstantWithinAUtcDay) {
  const ContextCalendar calendar(first, last, 53);
  expect(calendar, last + day - 1, calendar.features(last));
  EXPECT_NE(calendar.features(last + day), calendar.features(last));
}

TEST(Context, TakesTimesBefore1970) {
  const ContextCalendar calendar(-86400 * 365, 0, 53);  // 1969 to 1970
  for (const std::int64_t time : {std::int64_t{-1}, -day})
    expect(calendar, time, {0.0, 12 / 12.0, 31 / 31.0, 2 / 7.0, 365 / 365.0, 1 / 53.0});  // 1969-12-31
  expect(calendar, -day - 1, {0.0, 12 / 12.0, 30 / 31.0, 1 / 7.0, 364 / 365.0, 1 / 53.0});
  expect(calendar, 0, {1.0, 1 / 12.0, 1 / 31.0, 3 / 7.0, 1 / 365.0, 1 / 53.0});
}

TEST(Context, HasNoYearWhenTheDataSpansOne) {
  const ContextCalendar calendar(1388534400, last, 53);  // 2014-01-01
  EXPECT_EQ(calendar.features(last)[0], 0.0);
}

TEST(Context, DividesTheWeekByItsScale) {
  EXPECT_DOUBLE_EQ(ContextCalendar(first, last, 4).features(last)[5], 30 / 4.0);
}

TEST(Context, ReachesTheEndsOfTheCalendar) {
  const ContextCalendar calendar(-17987443200, 253402300799, 53);  // what the import admits
  expect(calendar, -17987443200, {0.0, 1 / 12.0, 1 / 31.0, 2 / 7.0, 1 / 365.0, 1 / 53.0});
  EXPECT_DOUBLE_EQ(calendar.features(253402300799)[0], 1.0);
  EXPECT_DOUBLE_EQ(calendar.features(253402300799)[4], 1.0);
}

/// Three users, whose events have a rating and a place; the second user's one event has neither.
class ContextOfEvents : public RawData {
 protected:
  Columns columns() const {
    Columns columns;
    columns.user_ids = {"a", "b", "c"};
    columns.item_ids = {"x", "y"};
    columns.offsets = {0, 2, 3, 4};
    columns.items = {1, 2, 1, 2};
    columns.times = {first, last, last, last};
    columns.event_fields = {{{"rating", false, 1}, {}, {}, {2.0f, 5.0f, NAN, 3.5f}},
                            {{"place", true, 3}, {2, 0, -1, 1}, {"cafe", "bar", "park"}, {}}};
    return columns;
  }
};

TEST_F(ContextOfEvents, HasTheDateThenTheFeaturesInTheOrderAsked) {
  ASSERT_TRUE(write_columns(out(), columns(), {}));
  const auto data = Dataset::open(out(), {}, {"place", "date", "rating"});
  const EventContext context(data, 53);
  EXPECT_EQ(context.width(), 6 + 3 + 1);
  const auto date = ContextCalendar(first, last, 53).features(last);
  const auto expect_event = [&](User user, std::int64_t index, std::vector<double> features) {
    std::vector<double> expected(date.begin(), date.end());
    expected.insert(expected.end(), features.begin(), features.end());
    EXPECT_EQ(context.of_event(user, index), expected);
  };
  expect_event(0, 1, {1, 0, 0, 1.0});
  expect_event(1, 0, {0, 0, 0, 0.0});
  expect_event(2, 0, {0, 1, 0, 0.5});
  std::vector<double> target(date.begin(), date.end());
  target.resize(10, 0.0);
  EXPECT_EQ(context.of_target(last), target) << "nobody knows its rating before it happens";
}

TEST_F(ContextOfEvents, CanBeNothing) {
  ASSERT_TRUE(write_columns(out(), columns(), {}));
  const auto data = Dataset::open(out(), {}, {});
  const EventContext context(data, 53);
  EXPECT_EQ(context.width(), 0);
  EXPECT_TRUE(context.of_event(0, 0).empty());
}

TEST_F(ContextOfEvents, IsPartOfTheIdentityWhereItIsNotTheDate) {
  ASSERT_TRUE(write_columns(out(), columns(), {}));
  Columns plain = columns();
  plain.event_fields.clear();
  ASSERT_TRUE(write_columns(out("plain"), plain, {}));
  const auto hash = [&](const std::vector<std::string>& names) {
    return Dataset::open(out(), {}, names).hash();
  };
  EXPECT_EQ(hash({"date"}), Dataset::open(out("plain"), {}).hash());
  const std::set<std::string> hashes = {hash({"date"}),   hash({}),
                                        hash({"rating"}), hash({"date", "rating"}),
                                        hash({"place"}),  hash({"date", "rating", "place"})};
  EXPECT_EQ(hashes.size(), 6u);
}

TEST_F(ContextOfEvents, OfUnknownOrWideFeaturesIsRefused) {
  Columns wide = columns();
  wide.event_fields[1].field.width = 1001;
  wide.event_fields[1].vocabulary.clear();
  for (int word = 0; word < 1001; ++word) wide.event_fields[1].vocabulary.push_back(std::to_string(word));
  ASSERT_TRUE(write_columns(out(), wide, {}));
  EXPECT_THAT(refusal([&] {
                Dataset::open(out(), {}, {"date", "ratings"});
              }),
              testing::AllOf(testing::HasSubstr("has no feature of events 'ratings'"),
                             testing::HasSubstr("it has rating, place; did you mean \"rating\"?")));
  EXPECT_THAT(refusal([&] {
                Dataset::open(out(), {}, {"rating", "rating"});
              }),
              testing::HasSubstr("more than once"));
  EXPECT_THAT(refusal([&] { Dataset::open(out(), {}, {"place"}); }),
              testing::AllOf(testing::HasSubstr("1001 values"), testing::HasSubstr("1000")));
}

}  // namespace
}  // namespace pebench::data
