#include "host/controller/data/numbering.h"

#include <cstddef>
#include <functional>
#include <utility>

namespace pebench::data {
namespace {

std::uint64_t hash_of(std::string_view name) { return std::hash<std::string_view>()(name); }

}  // namespace

std::size_t Numbering::slot_of(std::string_view name, std::uint64_t hash) const {
  for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.number < 0) return at;
    if (slot.hash == hash && std::string_view(text_.data() + slot.begin, slot.size) == name) return at;
  }
}

std::int64_t Numbering::number(std::string_view name) {
  const std::uint64_t hash = hash_of(name);
  Slot& slot = slots_[slot_of(name, hash)];
  if (slot.number >= 0) return slot.number;
  const std::int64_t number = count();
  slot = {hash, text_.size(), static_cast<std::uint32_t>(name.size()), static_cast<std::int32_t>(number)};
  text_ += name;
  begins_.push_back(text_.size());
  if (begins_.size() * 3 > slots_.size() * 2) grow();
  return number;
}

std::optional<std::int64_t> Numbering::find(std::string_view name) const {
  const Slot& slot = slots_[slot_of(name, hash_of(name))];
  return slot.number < 0 ? std::nullopt : std::optional<std::int64_t>(slot.number);
}

void Numbering::grow() {
  std::vector<Slot> larger(2 * slots_.size());
  for (const Slot& slot : slots_) {
    if (slot.number < 0) continue;
    std::size_t at = slot.hash & (larger.size() - 1);
    while (larger[at].number >= 0) at = (at + 1) & (larger.size() - 1);
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

std::string_view Numbering::name(std::int64_t number) const {
  const auto at = static_cast<std::size_t>(number);
  return std::string_view(text_).substr(begins_[at], begins_[at + 1] - begins_[at]);
}

std::vector<std::string> Numbering::names() const {
  std::vector<std::string> all;
  all.reserve(static_cast<std::size_t>(count()));
  for (std::int64_t i = 0; i < count(); ++i) all.emplace_back(name(i));
  return all;
}

}  // namespace pebench::data
