#include "host/controller/data/event_collector.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "host/base/error.h"
#include "host/controller/data/one_line_text.h"

namespace pebench::data {
namespace {

std::int64_t number_of(Numbering& names, std::string_view name, const char* what, const Spot& spot) {
  const std::int64_t known = names.count();
  const std::int64_t number = names.number(name);
  if (number < known) return number;
  const char* fault = name.empty() ? "is empty: give every event both a user and an item" : fault_of(name);
  if (fault != nullptr) throw base::InputError(fmt::format("{}: the {} {}", spot.text(), what, fault));
  return number;
}

}  // namespace

void EventCollector::list_item(std::string_view item, const Spot& spot) {
  number_of(item_names_, item, "item", spot);
}

void EventCollector::add(std::string_view user, std::string_view item, const std::optional<Instant>& time,
                         const std::optional<std::string_view>* features, const Spot& spot) {
  users_.push_back(static_cast<User>(number_of(user_names_, user, "user", spot)));
  items_.push_back(static_cast<Item>(number_of(item_names_, item, "item", spot) + 1));
  if (time) {
    whole_.push_back(time->whole);
    billionths_.push_back(time->billionths);
  }
  for (FeatureCollector& feature : features_) feature.add(*features++, spot);
}

std::vector<std::int64_t> EventCollector::order(const std::vector<std::int64_t>& offsets) const {
  std::vector<std::int64_t> next(offsets.begin(), offsets.end() - 1), order(users_.size());
  for (std::size_t event = 0; event < users_.size(); ++event)
    order[static_cast<std::size_t>(next[users_[event]]++)] = static_cast<std::int64_t>(event);
  if (whole_.empty()) return order;
  for (std::size_t user = 0; user + 1 < offsets.size(); ++user)
    std::stable_sort(order.begin() + offsets[user], order.begin() + offsets[user + 1],
                     [&](std::int64_t a, std::int64_t b) {
                       return std::tie(whole_[a], billionths_[a]) < std::tie(whole_[b], billionths_[b]);
                     });
  return order;
}

Columns EventCollector::take(std::int64_t units_in_second) {
  Columns columns;
  columns.offsets.assign(static_cast<std::size_t>(user_names_.count()) + 1, 0);
  for (const User user : users_) ++columns.offsets[user + 1];
  std::partial_sum(columns.offsets.begin(), columns.offsets.end(), columns.offsets.begin());
  const auto events = order(columns.offsets);
  columns.items.reserve(events.size());
  columns.times.reserve(events.size());
  for (std::size_t place = 0; place < events.size(); ++place) {
    const std::int64_t event = events[place];
    columns.items.push_back(items_[event]);
    columns.times.push_back(whole_.empty() ? static_cast<std::int64_t>(place) - columns.offsets[users_[event]]
                                           : seconds({whole_[event], billionths_[event]}, units_in_second));
  }
  for (FeatureCollector& feature : features_) columns.event_fields.push_back(feature.take(events));
  columns.user_ids = user_names_.names();
  columns.item_ids = item_names_.names();
  users_ = {};
  items_ = {};
  whole_ = {};
  billionths_ = {};
  return columns;
}

}  // namespace pebench::data
