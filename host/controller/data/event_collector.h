#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "host/controller/data/clock.h"
#include "host/controller/data/columns.h"
#include "host/controller/data/feature_collector.h"
#include "host/controller/data/numbering.h"

namespace pebench::data {

/// Events in the order of the files, to become columns: users numbered from 0 and items from 1 by first
/// appearance, each user's events by time, ties in the order they came.
class EventCollector {
 public:
  /// `features` of every event, beside user, item and time.
  explicit EventCollector(std::vector<FeatureCollector> features = {}) : features_(std::move(features)) {}

  /// Gives an item the next number, before it is met. Throws InputError as add() does.
  void list_item(std::string_view item, const Spot& spot);
  /// The next event. Without a time a user's events follow one another as they come. `features`: a cell for
  /// each feature. Throws InputError for a name that is empty, no UTF-8 or of several lines.
  void add(std::string_view user, std::string_view item, const std::optional<Instant>& time,
           const std::optional<std::string_view>* features, const Spot& spot);

  std::int64_t count() const { return static_cast<std::int64_t>(users_.size()); }
  const Numbering& items() const { return item_names_; }
  const std::vector<FeatureCollector>& features() const { return features_; }
  /// The events, whose times have so many units in a second; afterwards there are none. Without times they
  /// are counted as seconds from 0 for each user.
  Columns take(std::int64_t units_in_second);

 private:
  /// Indices of all events, user by user, each user's by time.
  std::vector<std::int64_t> order(const std::vector<std::int64_t>& offsets) const;

  Numbering user_names_, item_names_;
  std::vector<User> users_;
  std::vector<Item> items_;
  std::vector<std::int64_t> whole_;       // of the times; none without times
  std::vector<std::int32_t> billionths_;  // of the times
  std::vector<FeatureCollector> features_;
};

}  // namespace pebench::data
