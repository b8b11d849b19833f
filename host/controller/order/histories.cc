#include "host/controller/order/histories.h"

#include <algorithm>
#include <numeric>

namespace pebench::order {
namespace {

constexpr std::int64_t least_events_of_a_tested_user = 3;

std::vector<data::User> chosen_users(const data::Dataset& data, std::int64_t most_events) {
  std::vector<data::User> users(data.users());
  std::iota(users.begin(), users.end(), 0);
  if (data.events() <= most_events) return users;
  base::Stream stream(0, "statistics", "users of the test of order/" + data.hash());
  base::shuffle(users, stream);
  std::int64_t events = 0;
  const auto first_too_many = std::find_if(users.begin(), users.end(), [&](data::User user) {
    events += data.history(user).size();
    return events > most_events;
  });
  users.erase(first_too_many, users.end());
  std::sort(users.begin(), users.end());
  return users;
}

/// Calls use(first, last) for the places of every run of equal times in a profile.
template <class Use>
void for_ties(const Histories& histories, std::int64_t user, const Use& use) {
  const std::int64_t end = histories.offsets[user + 1];
  for (std::int64_t first = histories.offsets[user], last; first < end; first = last) {
    last = first + 1;
    while (last < end && histories.times[last] == histories.times[first]) ++last;
    use(first, last);
  }
}

}  // namespace

void Histories::add(const std::vector<data::Item>& profile, const std::vector<std::int64_t>& when,
                    data::Item target) {
  items.insert(items.end(), profile.begin(), profile.end());
  times.insert(times.end(), when.begin(), when.end());
  offsets.push_back(static_cast<std::int64_t>(items.size()));
  targets.push_back(target);
}

Histories histories_of(const data::Dataset& data, std::int64_t most_events) {
  Histories found;
  found.catalogue = data.items();
  found.complete = data.events() <= most_events;
  for (const data::User user : chosen_users(data, most_events)) {
    const auto history = data.history(user);
    const bool tested = history.size() >= least_events_of_a_tested_user;
    const auto known = tested ? history.size() - 1 : history.size();
    found.items.insert(found.items.end(), history.items.begin(), history.items.begin() + known);
    found.times.insert(found.times.end(), history.times.begin(), history.times.begin() + known);
    found.offsets.push_back(static_cast<std::int64_t>(found.items.size()));
    found.targets.push_back(tested ? history.items.back() : 0);
  }
  return found;
}

std::vector<data::Item> shuffled(const Histories& histories, data::Shuffle scope, const base::Stream& streams,
                                 std::uint32_t number) {
  std::vector<data::Item> items = histories.items;
  for (std::int64_t user = 0; user < histories.users(); ++user) {
    base::Stream own =
        streams.at(static_cast<std::uint64_t>(number) << 32 | static_cast<std::uint32_t>(user));
    const std::int64_t begin = histories.offsets[user], size = histories.offsets[user + 1] - begin;
    data::shuffle(base::Span<data::Item>(items.data() + begin, size),
                  base::Span<const std::int64_t>(histories.times.data() + begin, size), scope, own);
  }
  return items;
}

double share_tied(const Histories& histories) {
  std::int64_t tied = 0;
  for (std::int64_t user = 0; user < histories.users(); ++user)
    for_ties(histories, user,
             [&](std::int64_t first, std::int64_t last) { tied += last - first > 1 ? last - first : 0; });
  return histories.items.empty() ? 0
                                 : static_cast<double>(tied) / static_cast<double>(histories.items.size());
}

double share_repeated(const Histories& histories) {
  std::int64_t targets = 0, repeated = 0;
  for (std::int64_t user = 0; user < histories.users(); ++user) {
    if (histories.targets[user] == 0) continue;
    ++targets;
    const auto begin = histories.items.begin() + histories.offsets[user];
    const auto end = histories.items.begin() + histories.offsets[user + 1];
    repeated += std::find(begin, end, histories.targets[user]) != end;
  }
  return targets == 0 ? 0 : static_cast<double>(repeated) / static_cast<double>(targets);
}

}  // namespace pebench::order
