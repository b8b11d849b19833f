#include "host/controller/data/selection.h"

#include <cstddef>

#include "host/controller/data/negatives_cell.h"

namespace pebench::data {

Columns selected(const Columns& columns, const std::vector<bool>& keep) {
  Choice choice;
  std::vector<bool> met(columns.item_ids.size() + 1, false);
  for (std::size_t user = 0; user < columns.user_ids.size(); ++user) {
    const std::size_t before = choice.events.size();
    for (std::int64_t event = columns.offsets[user]; event < columns.offsets[user + 1]; ++event) {
      if (!keep[static_cast<std::size_t>(event)]) continue;
      choice.events.push_back(event);
      met[static_cast<std::size_t>(columns.items[event])] = true;
    }
    if (choice.events.size() > before) choice.users.push_back(static_cast<User>(user));
  }
  for (const Item item : named_as_negatives(columns, choice.events))
    met[static_cast<std::size_t>(item)] = true;
  for (std::size_t item = 1; item < met.size(); ++item)
    if (met[item]) choice.items.push_back(static_cast<Item>(item));
  return chosen(columns, choice);
}

}  // namespace pebench::data
