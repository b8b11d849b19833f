#include "host/controller/data/describe_tested.h"

#include <algorithm>
#include <limits>

#include "host/data/split.h"

namespace pebench::data {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min();

/// What is trained on: all times, ascending, and of each item the last.
struct Training {
  Training(const Dataset& data, const Split& split) : last_of_item(data.items() + 1, never) {
    times.reserve(data.events());
    for (User user = 0; user < data.users(); ++user) {
      const auto history = data.history(user);
      for (std::int64_t i = 0; i < split.users[user].train_size; ++i) {
        times.push_back(history.times[i]);
        auto& last = last_of_item[history.items[i]];
        last = std::max(last, history.times[i]);
      }
    }
    std::sort(times.begin(), times.end());
  }
  std::int64_t later_than(std::int64_t time) const {
    return times.end() - std::upper_bound(times.begin(), times.end(), time);
  }

  std::vector<std::int64_t> times, last_of_item;
};

}  // namespace

Tested describe_tested(const Dataset& data) {
  const Split split = leave_one_out(data);
  const Training training(data, split);
  Tested found;
  for (User user = 0; user < data.users(); ++user) {
    const std::int64_t place = split.users[user].test;
    if (place < 0) continue;
    const auto history = data.history(user);
    const Item item = history.items[place];
    const std::int64_t time = history.times[place];
    ++found.users;
    found.repeated += std::find(history.items.begin(), history.items.begin() + place, item) !=
                      history.items.begin() + place;
    found.arbitrary += history.times[place - 1] == time;
    found.cold += training.last_of_item[item] == never;
    found.item_in_future += training.last_of_item[item] > time;
    found.future_of_training +=
        static_cast<double>(training.later_than(time)) / static_cast<double>(training.times.size());
  }
  for (double* share :
       {&found.repeated, &found.arbitrary, &found.cold, &found.item_in_future, &found.future_of_training})
    *share /= static_cast<double>(std::max<std::int64_t>(1, found.users));
  return found;
}

}  // namespace pebench::data
