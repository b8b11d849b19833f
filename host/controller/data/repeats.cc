#include "host/controller/data/repeats.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace pebench::data {

LeftOut duplicates(const Columns& columns) {
  LeftOut out(columns.items.size(), {"the same user, item and second again"});
  std::vector<std::pair<Item, std::int64_t>> in_second;  // events of one user and second
  for (std::size_t user = 0; user + 1 < columns.offsets.size(); ++user) {
    const std::int64_t end = columns.offsets[user + 1];
    for (std::int64_t from = columns.offsets[user]; from < end;) {
      in_second.clear();
      std::int64_t event = from;
      for (; event < end && columns.times[event] == columns.times[from]; ++event)
        in_second.emplace_back(columns.items[event], event);
      std::sort(in_second.begin(), in_second.end());
      for (std::size_t i = 1; i < in_second.size(); ++i)
        if (in_second[i].first == in_second[i - 1].first)
          out.of_event[static_cast<std::size_t>(in_second[i].second)] = 0;
      from = event;
    }
  }
  return out;
}

LeftOut consecutive_repeats(const Columns& columns) {
  LeftOut out(columns.items.size(), {"the item of the user's event before"});
  for (std::size_t user = 0; user + 1 < columns.offsets.size(); ++user)
    for (std::int64_t event = columns.offsets[user] + 1; event < columns.offsets[user + 1]; ++event)
      if (columns.items[event] == columns.items[event - 1]) out.of_event[static_cast<std::size_t>(event)] = 0;
  return out;
}

}  // namespace pebench::data
