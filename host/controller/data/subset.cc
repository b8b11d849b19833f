#include "host/controller/data/subset.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <numeric>

#include "host/base/error.h"
#include "host/base/random.h"
#include "host/data/files.h"

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

/// The items of the data set that the users met, ascending.
std::vector<Item> items_of(const Dataset& data, const std::vector<User>& users) {
  std::vector<Item> items;
  for (User user : users) {
    const auto history = data.history(user);
    items.insert(items.end(), history.items.begin(), history.items.end());
  }
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  return items;
}

std::vector<std::string> read_lines(const std::filesystem::path& path) {
  std::vector<std::string> all;
  std::ifstream lines(path);
  for (std::string line; std::getline(lines, line);) all.push_back(line);
  return all;
}

FieldColumn rows_of(const std::filesystem::path& folder, const Field& field, const std::vector<Item>& items) {
  const auto data = Dataset::open(folder, {field.name});
  FieldColumn column;
  column.field = field;
  if (field.sparse) {
    const auto& whole = data.sparse();
    column.offsets = {0, 0};
    for (Item item : items) {
      column.ids.insert(column.ids.end(), whole.ids.begin() + whole.offsets[item],
                        whole.ids.begin() + whole.offsets[item + 1]);
      column.offsets.push_back(static_cast<std::int64_t>(column.ids.size()));
    }
    column.vocabulary = read_lines(folder / field_file(field.name, "vocabulary.txt"));
  } else {
    const auto& values = data.dense().values;
    column.values.assign(field.width, 0.0f);
    for (Item item : items)
      column.values.insert(column.values.end(), values.begin() + item * field.width,
                           values.begin() + (item + 1) * field.width);
  }
  return column;
}

}  // namespace

Columns subset(const std::filesystem::path& folder, std::int64_t count) {
  const auto data = Dataset::open(folder, {});
  if (count >= data.users())
    throw base::InputError(
        fmt::format("users = {} is no subset of its {} users: take fewer, or remove the key for all", count,
                    data.users()));
  const auto users = draw_users(data.users(), count);
  const auto items = items_of(data, users);

  Columns columns;
  columns.offsets = {0};
  for (User user : users) {
    columns.user_ids.emplace_back(data.user_id(user));
    const auto history = data.history(user);
    for (Item item : history.items) {
      const auto place = std::lower_bound(items.begin(), items.end(), item);
      columns.items.push_back(static_cast<Item>(place - items.begin() + 1));
    }
    columns.times.insert(columns.times.end(), history.times.begin(), history.times.end());
    columns.offsets.push_back(static_cast<std::int64_t>(columns.items.size()));
  }
  for (Item item : items) columns.item_ids.emplace_back(data.item_id(item));
  for (const Field& field : data.fields()) columns.fields.push_back(rows_of(folder, field, items));
  return columns;
}

}  // namespace pebench::data
