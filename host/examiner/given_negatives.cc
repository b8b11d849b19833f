#include "host/examiner/given_negatives.h"

#include <fmt/format.h>

#include <string>
#include <unordered_set>

#include "host/base/error.h"
#include "host/data/negatives_text.h"

namespace pebench::examiner {

GivenNegatives::GivenNegatives(const data::Dataset& data, const data::Split& split) : data_(&data) {
  if (!data.has_negatives())
    throw base::InputError(
        "it came without given negatives, which \"given\" ranks among: import a file that has them, as in "
        "--columns ...,negatives=neg_items (a look_alike: negatives = 100), or name another set in "
        "protocol.candidates and train.select");
  std::unordered_map<std::string_view, data::Item> known;
  for (data::Item item = 1; item <= data.items(); ++item) known[data.item_id(item)] = item;
  const auto add = [&](data::User user, std::int64_t index) {
    const std::int64_t event = data.first_event(user) + index;
    const auto text = data.negatives_text(event);
    if (text.empty()) return;
    std::unordered_set<data::Item> met = {data.history(user).items[index]};
    std::vector<data::Item> items;
    for (const std::string& name : data::ids_in(text))
      if (const auto item = known.find(name); item != known.end() && met.insert(item->second).second)
        items.push_back(item->second);
    if (!items.empty()) items_[event] = std::move(items);
  };
  for (const data::User user : split.validation_users()) add(user, split.users[user].validation);
  for (const data::User user : split.test_users()) add(user, split.users[user].test);
}

const std::vector<data::Item>& GivenNegatives::of(std::int64_t event) const {
  if (const auto found = items_.find(event); found != items_.end()) return found->second;
  data::User user = 0;
  while (user + 1 < data_->users() && data_->first_event(user + 1) <= event) ++user;
  throw base::InputError(
      fmt::format("event {} of user '{}' is to be ranked among \"given\" items, and none but its own are "
                  "given for it: give it some, or name another set in protocol.candidates and train.select",
                  event - data_->first_event(user) + 1, data_->user_id(user)));
}

}  // namespace pebench::examiner
