#include "host/controller/data/describe.h"

#include <algorithm>
#include <boost/date_time/gregorian/gregorian.hpp>
#include <cmath>
#include <utility>

#include "host/controller/data/describe_tested.h"

namespace pebench::data {
namespace {

constexpr std::int64_t day = 86400;
constexpr std::int64_t least_tested = 3;

std::int64_t second_of_day(std::int64_t time) { return (time % day + day) % day; }

std::string day_of(std::int64_t time) {
  return boost::gregorian::to_iso_extended_string(boost::gregorian::date(1970, 1, 1) +
                                                  boost::gregorian::days((time - second_of_day(time)) / day));
}

/// Of ascending values, interpolated between neighbours.
double quantile(const std::vector<std::int64_t>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double part = place - static_cast<double>(below);
  return (1 - part) * static_cast<double>(sorted[below]) + part * static_cast<double>(sorted[above]);
}

Lengths lengths_of(std::vector<std::int64_t> lengths, std::int64_t events) {
  std::sort(lengths.begin(), lengths.end());
  const auto users = static_cast<double>(lengths.size());
  Lengths found;
  found.shortest = lengths.front();
  found.longest = lengths.back();
  found.lower_quartile = quantile(lengths, 0.25);
  found.median = quantile(lengths, 0.5);
  found.upper_quartile = quantile(lengths, 0.75);
  found.mean = static_cast<double>(events) / users;
  found.share_below_three =
      static_cast<double>(std::lower_bound(lengths.begin(), lengths.end(), least_tested) - lengths.begin()) /
      users;
  return found;
}

/// Of the events of items, [N].
Skew skew_of(std::vector<std::int64_t> counts, std::int64_t events) {
  std::sort(counts.begin(), counts.end());
  const auto n = static_cast<double>(counts.size()), all = static_cast<double>(events);
  double by_place = 0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    by_place += static_cast<double>(i + 1) * static_cast<double>(counts[i]);
  const auto share_of_top = [&](double share) {
    const auto top = static_cast<std::ptrdiff_t>(std::ceil(share * n));
    std::int64_t sum = 0;
    std::for_each(counts.end() - top, counts.end(), [&](std::int64_t count) { sum += count; });
    return static_cast<double>(sum) / all;
  };
  return {2 * by_place / (n * all) - (n + 1) / n, share_of_top(0.01), share_of_top(0.1)};
}

/// Of one user.
struct Repeats {
  std::int64_t items = 0;   ///< distinct
  std::int64_t events = 0;  ///< whose item the user met in the same second already
};

Repeats repeats_of(const History& history, std::vector<std::pair<Item, std::int64_t>>& room) {
  room.clear();
  for (std::int64_t i = 0; i < history.size(); ++i) room.emplace_back(history.items[i], history.times[i]);
  std::sort(room.begin(), room.end());
  Repeats found;
  for (std::size_t i = 0; i < room.size(); ++i) {
    found.items += i == 0 || room[i].first != room[i - 1].first;
    found.events += i > 0 && room[i] == room[i - 1];
  }
  return found;
}

void add_times(const Dataset& data, Description& found) {
  const std::int64_t first = data.first_time(), last = data.last_time();
  found.first_day = day_of(first);
  found.last_day = day_of(last);
  found.days = static_cast<double>(last - first) / static_cast<double>(day);
  found.events_over_time.assign(parts_of_the_span, 0);
  found.whole_days = last > first;
  const double part = static_cast<double>(last - first + 1) / static_cast<double>(parts_of_the_span);
  for (User user = 0; user < data.users(); ++user)
    for (const std::int64_t time : data.history(user).times) {
      const auto place = static_cast<std::size_t>(static_cast<double>(time - first) / part);
      ++found.events_over_time[std::min(place, parts_of_the_span - 1)];
      found.whole_days = found.whole_days && second_of_day(time) == second_of_day(first);
    }
}

}  // namespace

Description describe(const Dataset& data) {
  Description found;
  found.users = data.users();
  found.items = data.items();
  found.events = data.events();
  const auto users = static_cast<double>(found.users), events = static_cast<double>(found.events);
  found.density = events / (users * static_cast<double>(found.items));
  found.fields = data.fields();
  found.event_fields = data.event_fields();
  found.hash = data.hash();
  add_times(data, found);

  std::vector<std::int64_t> lengths, counts(data.items(), 0);
  std::int64_t known = 0, consecutive = 0, tied = 0, last_two_tied = 0;
  std::vector<std::pair<Item, std::int64_t>> room;
  for (User user = 0; user < data.users(); ++user) {
    const auto history = data.history(user);
    const auto n = history.size();
    lengths.push_back(n);
    const Repeats repeats = repeats_of(history, room);
    found.repeated_events += repeats.events;
    found.users_with_every_item += repeats.items == data.items();
    known += n - repeats.items;
    for (std::int64_t i = 0; i < n; ++i) {
      ++counts[history.items[i] - 1];
      consecutive += i > 0 && history.items[i] == history.items[i - 1];
      tied += (i > 0 && history.times[i] == history.times[i - 1]) ||
              (i + 1 < n && history.times[i] == history.times[i + 1]);
    }
    last_two_tied += n >= 2 && history.times[n - 1] == history.times[n - 2];
  }
  found.lengths = lengths_of(std::move(lengths), found.events);
  found.skew = skew_of(std::move(counts), found.events);
  found.share_known_items = static_cast<double>(known) / events;
  found.share_consecutive_repeats = static_cast<double>(consecutive) / events;
  found.share_tied_events = static_cast<double>(tied) / events;
  found.share_last_two_tied = static_cast<double>(last_two_tied) / users;
  found.tested = describe_tested(data);
  return found;
}

}  // namespace pebench::data
