#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "host/data/dataset.h"
#include "host/data/split.h"

namespace pebench::examiner {

/// The items that a data set itself names as competitors of an event's own, as published samples do.
class GivenNegatives {
 public:
  /// Of the events that validate or test. Throws InputError if the data set came without any.
  GivenNegatives(const data::Dataset& data, const data::Split& split);

  /// In the order given, each once, without the event's own item and without names that the data set has not;
  /// `event` is an index among all. Throws InputError if there are none.
  const std::vector<data::Item>& of(std::int64_t event) const;

 private:
  const data::Dataset* data_;
  std::unordered_map<std::int64_t, std::vector<data::Item>> items_;
};

}  // namespace pebench::examiner
