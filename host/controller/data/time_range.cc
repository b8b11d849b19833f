#include "host/controller/data/time_range.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstddef>

#include "host/base/error.h"
#include "host/controller/data/clock.h"

namespace pebench::data {
namespace {

constexpr std::int64_t day = 86400;

IsoTime iso(const std::string& text, const char* option) {
  const auto time = iso_time(text);
  if (!time)
    throw base::InputError(fmt::format(
        "{} {}: write a day of UTC as 2014-01-31, or a time as 2014-01-31T23:59:59", option, text));
  return *time;
}

}  // namespace

std::int64_t first_second(const std::string& text, const char* option) { return iso(text, option).second; }

std::int64_t last_second(const std::string& text, const char* option) {
  const IsoTime time = iso(text, option);
  return time.is_day ? time.second + day - 1 : time.second;
}

std::string second_text(std::int64_t time) { return fmt::format("{:%Y-%m-%d %H:%M:%S}", fmt::gmtime(time)); }

LeftOut outside_range(const Columns& columns, const TimeRange& range) {
  const std::int64_t earliest = range.from.value_or(INT64_MIN), latest = range.to.value_or(INT64_MAX);
  LeftOut out(columns.times.size(), {range.from ? "before " + second_text(*range.from) : "",
                                     range.to ? "after " + second_text(*range.to) : ""});
  for (std::size_t event = 0; event < columns.times.size(); ++event) {
    if (columns.times[event] < earliest) out.of_event[event] = 0;
    if (columns.times[event] > latest) out.of_event[event] = 1;
  }
  return out;
}

}  // namespace pebench::data
