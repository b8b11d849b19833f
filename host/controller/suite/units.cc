#include "host/controller/suite/units.h"

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <optional>
#include <string>

#include "host/base/error.h"

namespace pebench::suite {
namespace {

using Units = std::map<std::string_view, std::int64_t>;

/// A whole number of at least 1 and a unit; nothing if it is written otherwise or too large.
std::optional<std::int64_t> amount(std::string_view text, const Units& units) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  auto [rest, error] = std::from_chars(text.data(), end, number);
  while (rest != end && *rest == ' ') ++rest;
  auto unit = units.find(std::string_view(rest, static_cast<std::size_t>(end - rest)));
  std::int64_t result = 0;
  if (error != std::errc() || number < 1 || unit == units.end() ||
      __builtin_mul_overflow(number, unit->second, &result))
    return std::nullopt;
  return result;
}

}  // namespace

std::chrono::seconds parse_duration(std::string_view text) {
  static const Units units = {{"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}};
  if (auto seconds = amount(text, units)) return std::chrono::seconds(*seconds);
  throw base::InputError(fmt::format(
      "\"{}\" is not a duration; write a whole number and s, m, h or d, for example \"6h\"", text));
}

std::int64_t parse_bytes(std::string_view text) {
  static const Units units = {{"KiB", std::int64_t{1} << 10},
                              {"MiB", std::int64_t{1} << 20},
                              {"GiB", std::int64_t{1} << 30},
                              {"TiB", std::int64_t{1} << 40},
                              {"kB", 1'000},
                              {"MB", 1'000'000},
                              {"GB", 1'000'000'000},
                              {"TB", 1'000'000'000'000}};
  if (auto bytes = amount(text, units)) return *bytes;
  throw base::InputError(fmt::format(
      "\"{}\" is not an amount of memory; write a whole number and MiB, GiB or TiB, for example \"8GiB\"",
      text));
}

}  // namespace pebench::suite
