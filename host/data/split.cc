#include "host/data/split.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"

namespace pebench::data {
namespace {

template <class Index>
std::vector<User> users_with(const Split& split, Index index) {
  std::vector<User> users;
  for (std::size_t user = 0; user < split.users.size(); ++user)
    if (index(split.users[user]) >= 0) users.push_back(static_cast<User>(user));
  return users;
}

}  // namespace

std::vector<User> Split::validation_users() const {
  return users_with(*this, [](const UserSplit& user) { return user.validation; });
}

std::vector<User> Split::test_users() const {
  return users_with(*this, [](const UserSplit& user) { return user.test; });
}

Split leave_one_out(const Dataset& data) {
  Split split;
  for (User user = 0; user < data.users(); ++user) {
    const std::int64_t size = data.history(user).size();
    split.users.push_back(size >= 3 ? UserSplit{size - 2, size - 2, size - 1} : UserSplit{size, -1, -1});
  }
  return split;
}

Split global_time(const Dataset& data) {
  std::vector<std::int64_t> times;
  times.reserve(data.events());
  for (User user = 0; user < data.users(); ++user) {
    const auto history = data.history(user);
    times.insert(times.end(), history.times.begin(), history.times.end());
  }
  std::sort(times.begin(), times.end());
  const auto cut = [&](std::int64_t tenths) { return times[times.size() * tenths / 10]; };
  const std::int64_t validation_from = cut(8), test_from = cut(9);
  if (validation_from == test_from)
    throw base::InputError(
        fmt::format("the split \"global_time\" needs two cut times, but the 80 % and the 90 % point of the "
                    "event times are both "
                    "{}: use split = \"leave_one_out\"",
                    test_from));
  Split split;
  for (User user = 0; user < data.users(); ++user) {
    const auto history = data.history(user);
    const auto first_at = [&](std::int64_t time) {
      return std::lower_bound(history.times.begin(), history.times.end(), time) - history.times.begin();
    };
    const std::int64_t train = first_at(validation_from), test = first_at(test_from);
    UserSplit part{train, -1, -1};
    if (train > 0 && train < test) part.validation = train;
    if (test > 0 && test < history.size()) part.test = test;
    split.users.push_back(part);
  }
  return split;
}

Split by_files(const Dataset& data) {
  if (data.parts().empty())
    throw base::InputError(
        "eval.split is \"files\", but this data set did not come as files of training, validation and test: "
        "use \"leave_one_out\", or import it from such files");
  Split split;
  for (User user = 0; user < data.users(); ++user) {
    const auto first = data.parts().begin() + data.first_event(user), end = first + data.history(user).size();
    const auto first_of = [&](Part part) { return std::find(first, end, part); };
    const auto validation = first_of(Part::validation), test = first_of(Part::test);
    const auto index = [&](auto event) { return event == end || event == first ? -1 : event - first; };
    split.users.push_back({std::min(validation, test) - first, index(validation), index(test)});
  }
  return split;
}

Split make_split(const Dataset& data, std::string_view name) {
  if (name == "leave_one_out") return leave_one_out(data);
  if (name == "global_time") return global_time(data);
  if (name == "files") return by_files(data);
  throw base::InputError(
      fmt::format("eval.split is '{}': use \"leave_one_out\", \"global_time\" or \"files\"", name));
}

std::vector<std::int64_t> training_counts(const Dataset& data, const Split& split) {
  std::vector<std::int64_t> counts(data.items() + 1, 0);
  for (User user = 0; user < data.users(); ++user) {
    const auto history = data.history(user);
    for (std::int64_t i = 0; i < split.users[user].train_size; ++i) ++counts[history.items[i]];
  }
  return counts;
}

}  // namespace pebench::data
