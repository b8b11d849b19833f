#include "host/controller/judge/seeds.h"

#include <charconv>
#include <optional>

namespace pebench::judge {
namespace {

/// A whole number as it is written, also with the `.0` that tables of floating-point numbers give it.
std::optional<std::uint64_t> whole_number(std::string_view text) {
  if (const std::size_t point = text.find('.'); point != std::string_view::npos) {
    if (text.find_first_not_of('0', point + 1) != std::string_view::npos) return std::nullopt;
    text = text.substr(0, point);
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::map<std::string, std::uint64_t> numbered(const std::set<std::string>& seeds) {
  std::map<std::string, std::uint64_t> numbers;
  std::set<std::uint64_t> taken;
  for (const std::string& seed : seeds)
    if (const auto number = whole_number(seed))
      if (taken.insert(*number).second) numbers[seed] = *number;
  if (numbers.size() == seeds.size()) return numbers;
  std::uint64_t next = 0;
  for (const std::string& seed : seeds) numbers[seed] = ++next;
  return numbers;
}

}  // namespace pebench::judge
