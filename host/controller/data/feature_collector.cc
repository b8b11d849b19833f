#include "host/controller/data/feature_collector.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "host/base/error.h"
#include "host/controller/data/negatives_cell.h"
#include "host/controller/data/one_line_text.h"

namespace pebench::data {
namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

/// NaN for what is no finite number of 32 bits.
float number_of(std::string_view text) {
  float number = unknown;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(number) ? number : unknown;
}

}  // namespace

void FeatureCollector::list(std::string_view word, const Spot& spot) {
  if (kind_ == FeatureKind::items)
    words_.number(negatives_cell(word, spot));
  else
    words_.number(word);
}

void FeatureCollector::add(std::optional<std::string_view> cell, const Spot& spot) {
  std::string items;
  if (kind_ == FeatureKind::items && cell) {
    items = negatives_cell(*cell, spot);
    cell = items;
  }
  const bool missing = !cell || cell->empty();
  if (kind_ == FeatureKind::number) {
    values_.push_back(missing ? unknown : number_of(*cell));
    no_numbers_ += !missing && std::isnan(values_.back());
    return;
  }
  if (missing) {
    ids_.push_back(-1);
    return;
  }
  const std::int64_t known = words_.count(), id = words_.number(*cell);
  ids_.push_back(static_cast<std::int32_t>(id));
  if (id < known) return;
  if (const char* fault = fault_of(*cell))
    throw base::InputError(fmt::format("{}: the {} {}", spot.text(), name_, fault));
}

EventColumn FeatureCollector::take(const std::vector<std::int64_t>& events) {
  EventColumn column;
  column.field = {name_, false, 1};
  column.vocabulary = words_.names();
  if (kind_ == FeatureKind::either && !column.vocabulary.empty()) {
    std::vector<float> numbers;
    for (const std::string& word : column.vocabulary) numbers.push_back(number_of(word));
    if (std::none_of(numbers.begin(), numbers.end(), [](float number) { return std::isnan(number); })) {
      for (const std::int32_t id : ids_)
        values_.push_back(id < 0 ? unknown : numbers[static_cast<std::size_t>(id)]);
      kind_ = FeatureKind::number;
    } else if (std::any_of(numbers.begin(), numbers.end(),
                           [](float number) { return !std::isnan(number); })) {
      const auto odd =
          std::find_if(numbers.begin(), numbers.end(), [](float number) { return std::isnan(number); });
      odd_one_ = column.vocabulary[static_cast<std::size_t>(odd - numbers.begin())];
    }
  }
  column.field.sparse = kind_ != FeatureKind::number;
  if (column.field.sparse) {
    column.field.width = static_cast<std::int64_t>(column.vocabulary.size());
    for (const std::int64_t event : events) column.ids.push_back(ids_[static_cast<std::size_t>(event)]);
  } else {
    column.vocabulary.clear();
    for (const std::int64_t event : events) column.values.push_back(values_[static_cast<std::size_t>(event)]);
  }
  ids_ = {};
  values_ = {};
  return column;
}

}  // namespace pebench::data
