#include "host/controller/data/describe.h"

#include <algorithm>
#include <boost/date_time/gregorian/gregorian.hpp>
#include <utility>
#include <vector>

#include "host/data/split.h"

namespace pebench::data {
namespace {

std::string day_of(std::int64_t time) {
  constexpr std::int64_t day = 86400;
  const std::int64_t days = time >= 0 ? time / day : -((-time + day - 1) / day);
  return boost::gregorian::to_iso_extended_string(boost::gregorian::date(1970, 1, 1) +
                                                  boost::gregorian::days(days));
}

/// Events whose item the user met in the same second already.
std::int64_t repeated_events(const History& history) {
  std::vector<std::pair<std::int64_t, Item>> events;
  for (std::int64_t i = 0; i < history.size(); ++i) events.emplace_back(history.times[i], history.items[i]);
  std::sort(events.begin(), events.end());
  return history.size() - (std::unique(events.begin(), events.end()) - events.begin());
}

double share_repeated_targets(const Dataset& data) {
  const auto users = leave_one_out(data).test_users();
  if (users.empty()) return 0.0;
  const auto repeats = std::count_if(users.begin(), users.end(), [&](User user) {
    const auto items = data.history(user).items;
    return std::find(items.begin(), items.end() - 1, items.back()) != items.end() - 1;
  });
  return static_cast<double>(repeats) / static_cast<double>(users.size());
}

}  // namespace

Description describe(const Dataset& data) {
  Description found;
  found.users = data.users();
  found.items = data.items();
  found.events = data.events();
  const auto users = static_cast<double>(found.users), events = static_cast<double>(found.events);
  found.density = events / (users * static_cast<double>(found.items));
  found.first_day = day_of(data.first_time());
  found.last_day = day_of(data.last_time());
  found.fields = data.fields();
  found.hash = data.hash();

  std::vector<std::int64_t> lengths;
  std::int64_t tied = 0, last_two_tied = 0;
  for (User user = 0; user < data.users(); ++user) {
    const auto history = data.history(user);
    const auto n = history.size();
    lengths.push_back(n);
    found.repeated_events += repeated_events(history);
    for (std::int64_t i = 0; i < n; ++i)
      tied += (i > 0 && history.times[i] == history.times[i - 1]) ||
              (i + 1 < n && history.times[i] == history.times[i + 1]);
    last_two_tied += n >= 2 && history.times[n - 1] == history.times[n - 2];
  }
  std::sort(lengths.begin(), lengths.end());
  found.shortest = lengths.front();
  found.longest = lengths.back();
  const std::size_t middle = lengths.size() / 2;
  found.median_length = lengths.size() % 2 == 1
                            ? static_cast<double>(lengths[middle])
                            : 0.5 * static_cast<double>(lengths[middle - 1] + lengths[middle]);
  found.mean_length = events / users;
  found.share_tied_events = static_cast<double>(tied) / events;
  found.share_last_two_tied = static_cast<double>(last_two_tied) / users;
  found.share_repeated_targets = share_repeated_targets(data);
  return found;
}

}  // namespace pebench::data
