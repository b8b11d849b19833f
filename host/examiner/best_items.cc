#include "host/examiner/best_items.h"

#include <algorithm>

namespace pebench::examiner {

template <class Score>
std::vector<data::Item> best_items(base::Span<const Score> scores, std::size_t count,
                                   const std::vector<data::Item>& left_out) {
  std::vector<bool> competes(static_cast<std::size_t>(scores.size()), true);
  competes[0] = false;
  for (const data::Item item : left_out) competes[static_cast<std::size_t>(item)] = false;
  std::vector<data::Item> items;
  for (std::size_t item = 1; item < competes.size(); ++item)
    if (competes[item]) items.push_back(static_cast<data::Item>(item));
  const std::size_t kept = std::min(count, items.size());
  std::partial_sort(
      items.begin(), items.begin() + static_cast<std::ptrdiff_t>(kept), items.end(),
      [&](data::Item a, data::Item b) { return scores[a] != scores[b] ? scores[a] > scores[b] : a < b; });
  items.resize(kept);
  return items;
}

template std::vector<data::Item> best_items(base::Span<const float>, std::size_t,
                                            const std::vector<data::Item>&);
template std::vector<data::Item> best_items(base::Span<const double>, std::size_t,
                                            const std::vector<data::Item>&);

}  // namespace pebench::examiner
