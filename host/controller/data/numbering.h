#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pebench::data {

/// Names numbered from 0 by first appearance. Millions of them are looked up at random, so that what counts
/// is how often memory is waited for: once for the slot, and once for the name in the one text of all names.
class Numbering {
 public:
  /// The name's number, the next one if it is new.
  std::int64_t number(std::string_view name);
  std::optional<std::int64_t> find(std::string_view name) const;

  std::int64_t count() const { return static_cast<std::int64_t>(begins_.size()) - 1; }
  /// Until the next new name.
  std::string_view name(std::int64_t number) const;
  std::vector<std::string> names() const;

 private:
  /// Of a table with open addressing.
  struct Slot {
    std::uint64_t hash = 0;
    std::uint64_t begin = 0;  ///< of the name in text_
    std::uint32_t size = 0;
    std::int32_t number = -1;  ///< of the name; -1: the slot is free
  };
  /// The slot of the name, or the free one where it belongs.
  std::size_t slot_of(std::string_view name, std::uint64_t hash) const;
  void grow();

  std::string text_;                                 // all names, one after the other
  std::vector<std::uint64_t> begins_ = {0};          // [count + 1]
  std::vector<Slot> slots_ = std::vector<Slot>(16);  // a power of two, two thirds of them used at most
};

}  // namespace pebench::data
