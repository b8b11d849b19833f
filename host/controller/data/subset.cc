#include "host/controller/data/subset.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/controller/data/sample.h"
#include "host/controller/data/selection.h"

namespace pebench::data {

Columns subset(const std::filesystem::path& folder, std::int64_t count) {
  const Columns columns = read_columns(folder);
  const std::size_t users = columns.user_ids.size();
  if (count >= static_cast<std::int64_t>(users))
    throw base::InputError(fmt::format(
        "users = {} is no subset of its {} users: take fewer, or remove the key for all", count, users));
  const auto drawn = drawn_users(users, count, /*seed=*/0);
  std::vector<bool> keep(columns.items.size(), false);
  for (std::size_t user = 0; user < users; ++user)
    if (drawn[user])
      std::fill(keep.begin() + columns.offsets[user], keep.begin() + columns.offsets[user + 1], true);
  return selected(columns, keep);
}

}  // namespace pebench::data
