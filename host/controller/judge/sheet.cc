#include "host/controller/judge/sheet.h"

#include <fmt/format.h>

#include "host/controller/suite/place.h"

namespace pebench::judge {

std::vector<std::string> Sheet::names() const {
  std::vector<std::string> names;
  for (const Cell& cell : header) names.push_back(cell.text);
  return names;
}

void refuse(const std::string& file, const Cell& cell, std::string_view sentence) {
  suite::refuse({file, cell.line, cell.column}, sentence);
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return fmt::format("\"{}\"", text);
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not within a character
  return fmt::format("\"{}...\"", text.substr(0, end));
}

std::string listed(const std::vector<std::string>& words) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < most; ++i)
    text += (i == 0 ? "" : ", ") + in_quotes(words[i]);
  if (words.size() > most) text += fmt::format(" and {} more", words.size() - most);
  return text;
}

}  // namespace pebench::judge
