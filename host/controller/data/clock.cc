#include "host/controller/data/clock.h"

#include <fmt/format.h>
#include <time.h>

#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#include "host/base/error.h"

namespace pebench::data {
namespace {

constexpr std::int64_t earliest = -17987443200;  // 1400-01-01, which the calendar of contexts knows
constexpr std::int64_t latest = 253402300799;    // 9999-12-31 23:59:59
constexpr std::int64_t first_likely = 315532800, last_likely = 4102444800;  // 1980 to 2100

constexpr std::pair<const char*, std::int64_t> units[] = {
    {"s", 1}, {"ms", 1'000}, {"us", 1'000'000}, {"ns", 1'000'000'000}};

/// Takes digits off the front of `text`: exactly `count` of them.
bool take(std::string_view& text, std::size_t count, int& value) {
  if (text.size() < count) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + count, value);
  if (error != std::errc() || end != text.data() + count || text.front() == '-') return false;
  text.remove_prefix(count);
  return true;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

/// A fraction's digits, as billionths; further ones are left out.
std::int32_t take_billionths(std::string_view& text) {
  std::int32_t value = 0;
  int digits = 0;
  for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1))
    if (digits < 9) value = value * 10 + (text.front() - '0'), ++digits;
  for (; digits < 9; ++digits) value *= 10;
  return value;
}

std::optional<Instant> number(std::string_view text) {
  Instant instant;
  const bool negative = !text.empty() && text.front() == '-';
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), instant.whole);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (take(text, '.')) instant.billionths = take_billionths(text);
  if (!text.empty() && (text.front() == 'e' || text.front() == 'E')) return std::nullopt;
  if (!text.empty()) return std::nullopt;
  if (negative && instant.billionths != 0) {
    --instant.whole;
    instant.billionths = 1'000'000'000 - instant.billionths;
  }
  return instant;
}

std::optional<std::int64_t> seconds_of(tm date) {
  const int day = date.tm_mday, month = date.tm_mon;
  date.tm_isdst = 0;
  const time_t seconds = timegm(&date);
  if (date.tm_mday != day || date.tm_mon != month) return std::nullopt;  // the 30th of February
  return seconds;
}

/// "+05:30", "-0800", "+05", "Z": seconds east of UTC.
std::optional<std::int64_t> take_zone(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return 0;
  const bool west = !text.empty() && text.front() == '-';
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  int hours = 0, minutes = 0;
  if (!take(text, 2, hours)) return std::nullopt;
  take(text, ':');
  if (!text.empty() && !take(text, 2, minutes)) return std::nullopt;
  if (hours > 23 || minutes > 59) return std::nullopt;
  const std::int64_t east = hours * 3600 + minutes * 60;
  return west ? -east : east;
}

enum class Iso { no, day, zoned, unzoned };

Iso iso8601(std::string_view text, Instant& instant) {
  tm date{};
  int year = 0, month = 0, hour = 0, minute = 0, second = 0;
  if (!take(text, 4, year) || !take(text, '-') || !take(text, 2, month) || !take(text, '-') ||
      !take(text, 2, date.tm_mday))
    return Iso::no;
  date.tm_year = year - 1900;
  date.tm_mon = month - 1;
  if (month < 1 || month > 12) return Iso::no;
  const bool day_alone = text.empty();
  if (!day_alone) {
    if (!take(text, 'T') && !take(text, ' ')) return Iso::no;
    if (!take(text, 2, hour) || !take(text, ':') || !take(text, 2, minute)) return Iso::no;
    if (take(text, ':') && !take(text, 2, second)) return Iso::no;
    if (hour > 24 || minute > 59 || second > 60) return Iso::no;
    if (take(text, '.') || take(text, ',')) instant.billionths = take_billionths(text);
  }
  const auto seconds = seconds_of(date);
  if (!seconds) return Iso::no;
  instant.whole = *seconds + hour * 3600 + minute * 60 + second;
  if (text.empty()) return day_alone ? Iso::day : Iso::unzoned;
  const auto zone = take_zone(text);
  if (!zone || !text.empty()) return Iso::no;
  instant.whole -= *zone;
  return Iso::zoned;
}

std::optional<Instant> by_pattern(std::string_view text, const char* pattern) {
  tm date{};
  date.tm_mday = 1;
  const std::string whole(text);
  const char* end = strptime(whole.c_str(), pattern, &date);
  if (end == nullptr || *end != '\0') return std::nullopt;
  const long east = date.tm_gmtoff;
  const auto seconds = seconds_of(date);
  if (!seconds) return std::nullopt;
  return Instant{*seconds - east, 0};
}

constexpr char english[] = "%a %b %d %H:%M:%S %z %Y";

bool within(std::int64_t value, std::int64_t unit, std::int64_t from, std::int64_t to) {
  const std::int64_t second = value / unit;
  return second >= from && second <= to;
}

}  // namespace

std::optional<IsoTime> iso_time(std::string_view text) {
  Instant instant;
  const Iso kind = iso8601(text, instant);
  if (kind == Iso::no) return std::nullopt;
  return IsoTime{instant.whole, kind == Iso::day};
}

std::int64_t seconds(const Instant& instant, std::int64_t units_in_second) {
  const std::int64_t cut = instant.whole / units_in_second;
  return cut - (instant.whole % units_in_second < 0 ? 1 : 0);
}

Clock::Clock(std::string pattern, const std::string& unit) : pattern_(std::move(pattern)) {
  const auto has = [&](const char* letter) { return pattern_.find(letter) != std::string::npos; };
  if (has("%Z"))
    throw base::InputError(
        "--time-format: the name of a zone, %Z, tells no offset; write it as it stands if it is always the "
        "same, "
        "or convert the times");
  if (!pattern_.empty() && !has("%Y") && !has("%y") && !has("%F") && !has("%D") && !has("%s"))
    throw base::InputError(fmt::format("--time-format {}: there is no year in it, %Y", pattern_));
  if (unit.empty()) return;
  for (const auto& [name, in_second] : units)
    if (unit == name) unit_ = in_second;
  if (unit_ == 0)
    throw base::InputError(fmt::format("--time-unit {} is unknown; choose from s, ms, us, ns", unit));
}

std::optional<Instant> Clock::parse(std::string_view text, Kind& kind) const {
  if (!pattern_.empty()) {
    kind = Kind::pattern;
    return by_pattern(text, pattern_.c_str());
  }
  kind = Kind::number;
  if (const auto instant = number(text)) return instant;
  Instant instant;
  switch (iso8601(text, instant)) {
    case Iso::day:
      kind = Kind::day;
      return instant;
    case Iso::zoned:
      kind = Kind::zoned;
      return instant;
    case Iso::unzoned:
      kind = Kind::unzoned;
      return instant;
    case Iso::no:
      break;
  }
  kind = Kind::english;
  return by_pattern(text, english);
}

Instant Clock::read(std::string_view text, const Spot& spot) {
  Kind kind = Kind::number;
  const auto instant = parse(text, kind);
  if (!instant)
    throw base::InputError(
        pattern_.empty()
            ? fmt::format("{}: '{:.60}' is no time: write unix time or ISO 8601, or say how they are written "
                          "with --time-format",
                          spot.text(), text)
            : fmt::format("{}: '{:.60}' is not written as --time-format {} says", spot.text(), text,
                          pattern_));
  if (!kind_) {
    kind_ = kind;
    first_ = text;
    first_spot_ = spot;
  } else if (*kind_ != kind) {
    throw base::InputError(
        fmt::format("{}: the time '{:.60}' is written in another way than '{:.60}' ({}): write all alike",
                    spot.text(), text, first_, first_spot_.text()));
  }
  ++read_;
  if (instant->billionths != 0) ++fractions_;
  if (!least_ || instant->whole < least_->value) least_ = {instant->whole, std::string(text), spot};
  if (!most_ || instant->whole > most_->value) most_ = {instant->whole, std::string(text), spot};
  return *instant;
}

std::int64_t Clock::units_in_second() const {
  if (!kind_) return 1;
  const auto fit = [&](std::int64_t unit, std::int64_t from, std::int64_t to) {
    return within(least_->value, unit, from, to) && within(most_->value, unit, from, to);
  };
  if (unit_ != 0 || *kind_ != Kind::number) {
    const std::int64_t unit = *kind_ == Kind::number ? unit_ : 1;
    if (fit(unit, earliest, latest)) return unit;
    const Extreme& beyond = within(least_->value, unit, earliest, latest) ? *most_ : *least_;
    throw base::InputError(
        fmt::format("{}: the time {} is outside the years 1400 to 9999: correct it, or write all times in "
                    "one unit and say "
                    "with --time-unit which",
                    beyond.spot.text(), beyond.text));
  }
  for (const auto& [name, in_second] : units)
    if (fit(in_second, first_likely, last_likely)) return in_second;
  if (fit(1, earliest, latest))
    throw base::InputError(fmt::format(
        "{}: as unix times {} and {} ({}) are not of the years 1980 to 2100: if they are seconds all the "
        "same, "
        "say --time-unit s; if they are dates, say how they are written, as in --time-format %Y%m%d",
        least_->spot.text(), least_->text, most_->text, most_->spot.text()));
  throw base::InputError(
      fmt::format("{}: no unit of time fits both {} and {} ({}), be it seconds, milli-, micro- or "
                  "nanoseconds: write all in "
                  "one, and say with --time-unit which",
                  least_->spot.text(), least_->text, most_->text, most_->spot.text()));
}

std::string Clock::note() const {
  if (!kind_) return "there are no times";
  const std::int64_t unit = units_in_second();
  std::string sentence;
  switch (*kind_) {
    case Kind::number:
      sentence = unit == 1           ? "times are unix seconds"
                 : unit == 1'000     ? "times are unix milliseconds"
                 : unit == 1'000'000 ? "times are unix microseconds"
                                     : "times are unix nanoseconds";
      break;
    case Kind::day:
      sentence = "times are whole days, so that events of one day are in no order but the file's";
      break;
    case Kind::zoned:
    case Kind::english:
      sentence = "times are dates with their zones, as UTC";
      break;
    case Kind::unzoned:
      sentence = "times are dates without a zone, read as UTC";
      break;
    case Kind::pattern:
      sentence = fmt::format("times are read by '{}', as UTC where it has no zone", pattern_);
      break;
  }
  if (unit != 1 || fractions_ != 0)
    sentence +=
        fmt::format("; kept as whole seconds, and what is beyond them{} decides which event was first",
                    unit == 1 ? fmt::format(" ({} of {} times)", fractions_, read_) : "");
  return sentence;
}

}  // namespace pebench::data
