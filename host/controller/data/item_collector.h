#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "host/controller/data/field_reader.h"
#include "host/controller/data/numbering.h"

namespace pebench::data {

/// What is known of items, row by row, to become fields. Rows about items that nobody met are counted and
/// left out.
class ItemCollector {
 public:
  /// `items` must outlive this.
  explicit ItemCollector(const Numbering& items);

  /// Gives a word of a field the next number, before it is met.
  void list(const std::string& field, const std::string& word) { fields_.list(field, word); }
  /// Begins a row; whether its item has events, so that its fields are wanted. Throws InputError, beginning
  /// with `place`, for a second row about an item.
  bool begin(std::string_view item, const std::string& place);
  /// A value of the row that was begun.
  void add(const std::string& field, const nlohmann::json& value, const std::string& place) {
    fields_.add(item_, field, value, place);
  }

  /// How many of the items have a row, for people. Throws InputError where none has, as when ids have lost
  /// their leading zeros.
  std::string matched(const std::filesystem::path& file) const;
  std::vector<FieldColumn> columns() const { return fields_.columns(); }

 private:
  const Numbering& items_;
  FieldReader fields_;
  std::vector<bool> seen_;
  Item item_ = 0;
  std::int64_t rows_ = 0, known_ = 0;
  std::string unknown_;  ///< the first item that has no events
};

}  // namespace pebench::data
