#pragma once

#include <array>
#include <cstdint>

namespace pebench::data {

constexpr int context_features = 6;  ///< K

/// The context of an event (docs/model.md, Context features) from its UTC date: (year - first)/(last - first)
/// (0 when equal), month/12, day/31, weekday/7 (Monday 0), yearday/365, isoweek/week_scale. `first_time` and
/// `last_time` bound the data set; seconds.
class ContextCalendar {
 public:
  ContextCalendar(std::int64_t first_time, std::int64_t last_time, double week_scale);
  std::array<double, context_features> features(std::int64_t time) const;

 private:
  int first_year_;
  int last_year_;
  double week_scale_;
};

}  // namespace pebench::data
