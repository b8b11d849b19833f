#include "host/base/nearest.h"

#include <fmt/format.h>

#include <algorithm>

namespace pebench::base {
namespace {

/// The restricted Damerau-Levenshtein distance.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> distance(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) distance[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) distance[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t replaced = distance[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      distance[i][j] = std::min({distance[i - 1][j] + 1, distance[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        distance[i][j] = std::min(distance[i][j], distance[i - 2][j - 2] + 1);
    }
  }
  return distance[a.size()][b.size()];
}

/// Of "study/beauty", "beauty"; of others themselves.
std::string_view last_part(std::string_view name) { return name.substr(name.rfind('/') + 1); }

}  // namespace

const std::string* nearest(std::string_view word, const std::vector<std::string>& known) {
  const std::string* best = nullptr;
  std::size_t fewest = word.size() + 1;
  for (const std::string& candidate : known) {
    for (const std::string_view meant : {std::string_view(candidate), last_part(candidate)}) {
      std::size_t count = edits(word, meant);
      if (count >= fewest || count > std::max<std::size_t>(1, std::max(word.size(), meant.size()) / 3))
        continue;
      fewest = count;
      best = &candidate;
    }
  }
  return best;
}

std::string remedy(std::string_view word, const std::vector<std::string>& known) {
  if (const std::string* meant = nearest(word, known)) return fmt::format("did you mean \"{}\"?", *meant);
  return fmt::format("choose from \"{}\"", fmt::join(known, "\", \""));
}

}  // namespace pebench::base
