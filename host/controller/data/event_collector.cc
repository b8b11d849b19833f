#include "host/controller/data/event_collector.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <tuple>

#include "host/base/error.h"

namespace pebench::data {
namespace {

std::int64_t number_of(Numbering& names, std::string_view name, const char* what, const Spot& spot) {
  const std::int64_t known = names.count();
  const std::int64_t number = names.number(name);
  if (number < known) return number;
  const auto refuse = [&](const char* why) {
    throw base::InputError(fmt::format("{}: the {} {}", spot.text(), what, why));
  };
  if (name.empty()) refuse("is empty: give every event both a user and an item");
  if (name.find_first_of("\r\n") != std::string_view::npos) refuse("has a line break: remove it");
  if (!simdjson::validate_utf8(name.data(), name.size()))
    refuse("is no UTF-8: convert the file, for example with iconv -f LATIN1 -t UTF-8");
  return number;
}

}  // namespace

std::vector<EventCollector::Event>& EventCollector::history_of(std::string_view user, const Spot& spot) {
  const auto number = static_cast<std::size_t>(number_of(users_, user, "user", spot));
  if (number == histories_.size()) histories_.emplace_back();
  return histories_[number];
}

void EventCollector::add(std::string_view user, std::string_view item, const Instant& time,
                         const Spot& spot) {
  auto& history = history_of(user, spot);
  history.push_back(
      {time.whole, time.billionths, static_cast<Item>(number_of(items_, item, "item", spot) + 1)});
  ++count_;
}

void EventCollector::add(std::string_view user, std::string_view item, const Spot& spot) {
  auto& history = history_of(user, spot);
  const auto place = static_cast<std::int64_t>(history.size());
  history.push_back({place, 0, static_cast<Item>(number_of(items_, item, "item", spot) + 1)});
  ++count_;
}

Columns EventCollector::take(std::int64_t units_in_second) {
  Columns columns;
  columns.items.reserve(static_cast<std::size_t>(count_));
  columns.times.reserve(static_cast<std::size_t>(count_));
  columns.offsets.push_back(0);
  for (auto& history : histories_) {
    std::stable_sort(history.begin(), history.end(), [](const Event& a, const Event& b) {
      return std::tie(a.whole, a.billionths) < std::tie(b.whole, b.billionths);
    });
    for (const Event& event : history) {
      columns.items.push_back(event.item);
      columns.times.push_back(seconds({event.whole, event.billionths}, units_in_second));
    }
    columns.offsets.push_back(static_cast<std::int64_t>(columns.items.size()));
    history = {};
  }
  columns.user_ids = users_.names();
  columns.item_ids = items_.names();
  return columns;
}

}  // namespace pebench::data
