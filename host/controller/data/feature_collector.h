#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/controller/data/clock.h"
#include "host/controller/data/columns.h"
#include "host/controller/data/numbering.h"

namespace pebench::data {

/// What a feature of events is: a category, a number, or numbers if all its values are numbers and else
/// categories; or the items it competes with (negatives_cell.h).
enum class FeatureKind { word, number, either, items };

/// The values of one feature of events, in the order of the files, to become a column.
class FeatureCollector {
 public:
  FeatureCollector(std::string name, FeatureKind kind) : name_(std::move(name)), kind_(kind) {}

  /// Gives a word the next number, before it is met. Throws InputError for negatives that are no list.
  void list(std::string_view word, const Spot& spot);
  /// Of the next event; nothing where it has none. Throws InputError for a word that is no UTF-8 or of
  /// several lines.
  void add(std::optional<std::string_view> cell, const Spot& spot);

  const std::string& name() const { return name_; }
  /// All words so far.
  std::vector<std::string> words() const { return words_.names(); }
  /// How many were no number where one was expected, and so are missing.
  std::int64_t no_numbers() const { return no_numbers_; }
  /// Of `either`: the first value that is no number, where others are; empty otherwise. Known after take().
  const std::string& odd_one() const { return odd_one_; }
  /// The values of these events; afterwards there are none.
  EventColumn take(const std::vector<std::int64_t>& events);

 private:
  std::string name_;
  FeatureKind kind_;
  Numbering words_;
  std::vector<std::int32_t> ids_;  // of words; -1 for nothing
  std::vector<float> values_;      // of numbers; NaN for nothing
  std::int64_t no_numbers_ = 0;
  std::string odd_one_;
};

}  // namespace pebench::data
