#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "host/data/dataset.h"

namespace pebench::data {

constexpr int date_features = 6;

/// The context of an event (docs/model.md, Context features) from its UTC date: (year - first)/(last - first)
/// (0 when equal), month/12, day/31, weekday/7 (Monday 0), yearday/365, isoweek/week_scale. `first_time` and
/// `last_time` bound the data set; seconds.
class ContextCalendar {
 public:
  ContextCalendar(std::int64_t first_time, std::int64_t last_time, double week_scale);
  std::array<double, date_features> features(std::int64_t time) const;

 private:
  int first_year_;
  int last_year_;
  double week_scale_;
};

/// All that a model sees of an event beside its item: the features of its date, then those of its own that
/// the data set was opened with. A number becomes (x - least)/(most - least) over the data set, 0 where they
/// are equal; a category a column of zeros and ones for each. What is not known is 0.
class EventContext {
 public:
  /// The data set must outlive this.
  EventContext(const Dataset& data, double week_scale);

  std::int64_t width() const { return width_; }  ///< K
  /// [K] of the event at `index` of the user's history.
  std::vector<double> of_event(User user, std::int64_t index) const;
  /// The same, as if it had happened at that time.
  std::vector<double> of_event(User user, std::int64_t index, std::int64_t time) const;
  /// [K] of an event that is still to come: its date, and zeros, for its features are known only when it has
  /// happened.
  std::vector<double> of_target(std::int64_t time) const;

 private:
  std::vector<double> of_date(std::int64_t time) const;

  const Dataset& data_;
  ContextCalendar calendar_;
  std::int64_t width_ = 0;
};

}  // namespace pebench::data
