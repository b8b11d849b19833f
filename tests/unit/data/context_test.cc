#include "host/data/context.h"

#include <gtest/gtest.h>

namespace pebench::data {
namespace {

constexpr std::int64_t day = 86400;
constexpr std::int64_t first = 1023840000;  // 2002-06-12
constexpr std::int64_t last = 1406073600;   // 2014-07-23

void expect(const ContextCalendar& calendar, std::int64_t time,
            const std::array<double, context_features>& expected) {
  const auto features = calendar.features(time);
  for (int k = 0; k < context_features; ++k)
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

}  // namespace
}  // namespace pebench::data
