#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "host/controller/data/shapes.h"

namespace pebench::data {

/// Cells of a column of items as the values that items.jsonl would have. Not for flags, which are several
/// columns.
class ItemValues {
 public:
  /// `field` must outlive this.
  explicit ItemValues(const ItemField& field) : field_(field) {}

  /// null for what is missing.
  nlohmann::json of(std::string_view text);
  /// How many were no number where one was expected, and so are missing.
  std::int64_t missing() const { return missing_; }

 private:
  nlohmann::json words(std::string_view text) const;
  nlohmann::json number(std::string_view text);
  nlohmann::json numbers(std::string_view text);

  const ItemField& field_;
  std::int64_t missing_ = 0;
};

}  // namespace pebench::data
