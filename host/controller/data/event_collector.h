#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "host/controller/data/clock.h"
#include "host/controller/data/columns.h"
#include "host/controller/data/numbering.h"

namespace pebench::data {

/// Events in the order of the files, to become columns: users numbered from 0 and items from 1 by first
/// appearance, each user's events by time, ties in the order they came.
class EventCollector {
 public:
  /// Throws InputError for a name that is empty, no UTF-8 or of several lines.
  void add(std::string_view user, std::string_view item, const Instant& time, const Spot& spot);
  /// Where there are no times: the user's events follow one another as they come.
  void add(std::string_view user, std::string_view item, const Spot& spot);

  std::int64_t count() const { return count_; }
  const Numbering& items() const { return items_; }
  /// The events, whose times have so many units in a second; afterwards there are none.
  Columns take(std::int64_t units_in_second);

 private:
  struct Event {
    std::int64_t whole;
    std::int32_t billionths;
    Item item;
  };
  std::vector<Event>& history_of(std::string_view user, const Spot& spot);

  Numbering users_, items_;
  std::vector<std::vector<Event>> histories_;
  std::int64_t count_ = 0;
};

}  // namespace pebench::data
