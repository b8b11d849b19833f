#include "host/controller/data/subset.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "host/base/error.h"
#include "host/base/random.h"

namespace pebench::data {
namespace {

std::vector<User> draw_users(std::int64_t all, std::int64_t count) {
  std::vector<User> users(all);
  std::iota(users.begin(), users.end(), 0);
  base::Stream stream(0, "subset");
  base::shuffle(users, stream);
  users.resize(count);
  std::sort(users.begin(), users.end());
  return users;
}

}  // namespace

Columns subset(const std::filesystem::path& folder, std::int64_t count) {
  const Columns whole = read_columns(folder);
  const auto all = static_cast<std::int64_t>(whole.user_ids.size());
  if (count >= all)
    throw base::InputError(fmt::format(
        "users = {} is no subset of its {} users: take fewer, or remove the key for all", count, all));
  Choice choice;
  choice.users = draw_users(all, count);
  std::vector<bool> met(whole.item_ids.size() + 1, false);
  for (const User user : choice.users)
    for (std::int64_t event = whole.offsets[user]; event < whole.offsets[user + 1]; ++event) {
      choice.events.push_back(event);
      met[whole.items[event]] = true;
    }
  for (std::size_t item = 1; item < met.size(); ++item)
    if (met[item]) choice.items.push_back(static_cast<Item>(item));
  return chosen(whole, choice);
}

}  // namespace pebench::data
