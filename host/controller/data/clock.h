#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace pebench::data {

/// A time as a column of times writes it: seconds since 1970, or a number of which only the whole column
/// tells the unit, and billionths of it.
struct Instant {
  std::int64_t whole = 0;
  std::int32_t billionths = 0;
};

/// A row of a file, for messages.
struct Spot {
  const std::filesystem::path* file = nullptr;
  std::int64_t line = 0;
  std::string text() const { return file->string() + ":" + std::to_string(line); }
};

/// Reads a column of times, which are all written in one way: unix numbers, whole or not, in seconds or a
/// thousandth, millionth or billionth of it; ISO 8601 with or without a zone, or a day alone; as "Tue Apr 03
/// 18:00:09 +0000 2012"; or by a pattern of strptime(). The unit of numbers is told by all of them together.
class Clock {
 public:
  /// Of `pattern` where it is not empty; `unit` is "s", "ms", "us", "ns", or empty for what the numbers say.
  /// Throws InputError for a unit that there is not.
  Clock(std::string pattern, const std::string& unit);

  /// Throws InputError, beginning with the place, for what is no time or is written in another way than those
  /// before.
  Instant read(std::string_view text, const Spot& spot);

  /// After all of them: how many of the numbers' units make a second. Throws InputError where no unit fits
  /// them all.
  std::int64_t units_in_second() const;
  /// Whether times are told apart that are of one second.
  bool is_finer_than_seconds() const { return fractions_ != 0 || units_in_second() != 1; }
  /// What people should know of the times, a sentence.
  std::string note() const;

 private:
  enum class Kind { number, day, zoned, unzoned, english, pattern };
  struct Extreme {
    std::int64_t value;
    std::string text;
    Spot spot;
  };
  std::optional<Instant> parse(std::string_view text, Kind& kind) const;

  std::string pattern_;
  std::int64_t unit_ = 0;  ///< in a second; 0 where the numbers tell
  std::optional<Kind> kind_;
  std::string first_;
  Spot first_spot_;
  std::optional<Extreme> least_, most_;
  std::int64_t read_ = 0, fractions_ = 0;
};

/// A time that ISO 8601 writes, without a zone of UTC: its second, the first one of a day alone. Nothing for
/// another text.
struct IsoTime {
  std::int64_t second;
  bool is_day;
};
std::optional<IsoTime> iso_time(std::string_view text);

/// Seconds since 1970 of a time whose unit is known.
std::int64_t seconds(const Instant& instant, std::int64_t units_in_second);

}  // namespace pebench::data
