#include "host/data/context.h"

#include <boost/date_time/gregorian/gregorian_types.hpp>
#include <cmath>

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

std::array<double, date_features> ContextCalendar::features(std::int64_t time) const {
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

EventContext::EventContext(const Dataset& data, double week_scale)
    : data_(data),
      calendar_(data.first_time(), data.last_time(), week_scale),
      width_(data.has_date_context() ? date_features : 0) {
  for (const EventField& feature : data.features()) width_ += feature.width;
}

std::vector<double> EventContext::of_date(std::int64_t time) const {
  std::vector<double> values;
  if (data_.has_date_context()) {
    const auto date = calendar_.features(time);
    values.assign(date.begin(), date.end());
  }
  values.resize(width_, 0.0);
  return values;
}

std::vector<double> EventContext::of_event(User user, std::int64_t index) const {
  return of_event(user, index, data_.history(user).times[index]);
}

std::vector<double> EventContext::of_event(User user, std::int64_t index, std::int64_t time) const {
  std::vector<double> values = of_date(time);
  const std::int64_t event = data_.first_event(user) + index;
  double* next = values.data() + (data_.has_date_context() ? date_features : 0);
  for (const EventField& feature : data_.features()) {
    if (feature.sparse && feature.ids[event] >= 0)
      next[feature.ids[event]] = 1.0;
    else if (!feature.sparse && !std::isnan(feature.values[event]) && feature.most > feature.least)
      *next = (static_cast<double>(feature.values[event]) - feature.least) /
              (static_cast<double>(feature.most) - feature.least);
    next += feature.width;
  }
  return values;
}

std::vector<double> EventContext::of_target(std::int64_t time) const { return of_date(time); }

}  // namespace pebench::data
