#include "host/data/context.h"

#include <boost/date_time/gregorian/gregorian_types.hpp>

namespace pebench::data {
namespace {

constexpr std::int64_t day = 86400;

boost::gregorian::date utc_date(std::int64_t time) {
  const std::int64_t days = time >= 0 ? time / day : -((-time + day - 1) / day);
  return boost::gregorian::date(1970, 1, 1) + boost::gregorian::days(days);
}

}  // namespace

ContextCalendar::ContextCalendar(std::int64_t first_time, std::int64_t last_time, double week_scale)
    : first_year_(utc_date(first_time).year()),
      last_year_(utc_date(last_time).year()),
      week_scale_(week_scale) {}

std::array<double, context_features> ContextCalendar::features(std::int64_t time) const {
  const auto date = utc_date(time);
  const int span = last_year_ - first_year_;
  const int monday_first = (date.day_of_week().as_number() + 6) % 7;  // Boost counts from Sunday
  return {span == 0 ? 0.0 : static_cast<double>(date.year() - first_year_) / span,
          date.month().as_number() / 12.0,
          date.day().as_number() / 31.0,
          monday_first / 7.0,
          date.day_of_year() / 365.0,
          date.week_number() / week_scale_};
}

}  // namespace pebench::data
