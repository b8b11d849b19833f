#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "host/controller/data/columns.h"
#include "host/controller/data/left_out.h"

namespace pebench::data {

/// From which second to which, both included; nothing: no limit.
struct TimeRange {
  std::optional<std::int64_t> from, to;
};

LeftOut outside_range(const Columns& columns, const TimeRange& range);

/// The first or the last second of a day of UTC, "2014-01-01", or the second that ISO 8601 says more exactly,
/// without a zone as UTC. `option` is named where it is neither, in the InputError.
std::int64_t first_second(const std::string& text, const char* option);
std::int64_t last_second(const std::string& text, const char* option);

/// "2014-01-01 00:00:00"
std::string second_text(std::int64_t time);

}  // namespace pebench::data
