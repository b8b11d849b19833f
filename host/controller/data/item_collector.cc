#include "host/controller/data/item_collector.h"

#include <fmt/format.h>

#include "host/base/error.h"

namespace pebench::data {

ItemCollector::ItemCollector(const Numbering& items)
    : items_(items), fields_(items.count()), seen_(static_cast<std::size_t>(items.count()), false) {}

bool ItemCollector::begin(std::string_view item, const std::string& place) {
  ++rows_;
  const auto number = items_.find(item);
  if (!number) {
    if (unknown_.empty()) unknown_ = item;
    return false;
  }
  const auto index = static_cast<std::size_t>(*number);
  if (seen_[index])
    throw base::InputError(fmt::format("{}: item '{}' has a row already: keep one of them", place, item));
  seen_[index] = true;
  ++known_;
  item_ = static_cast<Item>(*number + 1);
  return true;
}

std::string ItemCollector::matched(const std::filesystem::path& file) const {
  if (known_ == 0)
    throw base::InputError(fmt::format(
        "{}: none of its {} rows is about an item of the events, such as '{}', the first is "
        "about '{}': write the "
        "same ids in both, leading zeros included",
        file.string(), rows_, items_.count() == 0 ? std::string_view() : items_.name(0), unknown_));
  std::string sentence =
      fmt::format("{} of {} items have a row in {}", known_, items_.count(), file.filename().string());
  if (rows_ > known_)
    sentence += fmt::format("; {} rows are about items without events, such as '{}', and are left out",
                            rows_ - known_, unknown_);
  return sentence;
}

}  // namespace pebench::data
