#include "host/controller/judge/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace pebench::judge {

namespace {

/// What has a fourth power, which the interval of an SD takes: what is larger is infinite, and so a run
/// without a value, what is smaller 0.
double in_range(double value) {
  constexpr double largest = 1e75;
  if (std::abs(value) > largest) return std::copysign(std::numeric_limits<double>::infinity(), value);
  return std::abs(value) < 1 / largest ? 0 : value;
}

}  // namespace

bool says_nothing(std::string_view text) {
  constexpr std::array<std::string_view, 6> words = {"", "NA", "N/A", "n/a", "null", "None"};
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::optional<double> number_of(std::string_view text, bool decimal_comma) {
  std::string copy(text);
  if (decimal_comma && copy.find('.') == std::string::npos) std::replace(copy.begin(), copy.end(), ',', '.');
  const char* begin = copy.data();
  const char* const end = begin + copy.size();
  if (end - begin > 1 && *begin == '+' && begin[1] != '-') ++begin;
  double value = 0;
  const auto [stop, error] = std::from_chars(begin, end, value);
  if (stop != end || begin == end) return std::nullopt;
  // Too large is infinite, too small is zero.
  if (error == std::errc::result_out_of_range) return in_range(std::strtod(begin, nullptr));
  if (error != std::errc()) return std::nullopt;
  return in_range(value);
}

std::string number_remedy(std::string_view text, bool decimal_comma) {
  if (!decimal_comma && number_of(text, true)) return "; give --decimal-comma where 0,25 is a quarter";
  if (!text.empty() && text.back() == '%' && number_of(text.substr(0, text.size() - 1), decimal_comma))
    return "; write it without %";
  return "; leave the field empty where there is no number";
}

}  // namespace pebench::judge
