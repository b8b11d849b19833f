#include "host/controller/check/selection.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/base/nearest.h"

namespace pebench::check {
namespace {

bool begins_with(std::string_view id, const std::string& word) { return id.substr(0, word.size()) == word; }

std::vector<std::string> groups_and_ids(const std::vector<Row>& rows) {
  std::vector<std::string> words;
  for (const Row& row : rows) {
    const std::string group(group_of(row.id));
    if (std::find(words.begin(), words.end(), group) == words.end()) words.push_back(group);
    words.emplace_back(row.id);
  }
  return words;
}

}  // namespace

std::vector<const Row*> select_rows(const std::vector<std::string>& words, const std::vector<Row>& rows) {
  for (const std::string& word : words) {
    const bool known = !word.empty() && std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
      return begins_with(row.id, word);
    });
    if (known) continue;
    const std::vector<std::string> all = groups_and_ids(rows);
    const std::string* near = base::nearest(word, all);
    throw base::InputError(fmt::format(
        "--only: no check's id begins with \"{}\"; {}", word,
        near != nullptr ? fmt::format("did you mean \"{}\"?", *near) : "`pebench check --list` shows them"));
  }
  std::vector<const Row*> selected;
  for (const Row& row : rows) {
    const bool wanted =
        words.empty() || std::any_of(words.begin(), words.end(),
                                     [&](const std::string& word) { return begins_with(row.id, word); });
    if (wanted) selected.push_back(&row);
  }
  return selected;
}

}  // namespace pebench::check
