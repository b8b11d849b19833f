#include "host/examiner/candidates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_set>

#include "host/base/error.h"

namespace pebench::examiner {

ExcludeSeen parse_exclude_seen(std::string_view word) {
  if (word == "history") return ExcludeSeen::history;
  if (word == "train") return ExcludeSeen::train;
  if (word == "none") return ExcludeSeen::none;
  throw base::InputError(
      fmt::format("protocol.exclude_seen is '{}': use \"history\", \"train\" or \"none\"", word));
}

CandidateSampler::CandidateSampler(const data::Dataset& data, const data::Split& split,
                                   contract::CandidateSet set, ExcludeSeen exclude)
    : data_(&data), split_(&split), set_(std::move(set)), exclude_(exclude), drawable_(data.items()) {
  if (set_.kind == contract::CandidateSet::Kind::given)
    given_ = std::make_shared<GivenNegatives>(data, split);
  if (set_.kind != contract::CandidateSet::Kind::popular) return;
  cumulative_ = training_counts(data, split);
  drawable_ = std::count_if(cumulative_.begin(), cumulative_.end(), [](auto count) { return count > 0; });
  std::partial_sum(cumulative_.begin(), cumulative_.end(), cumulative_.begin());
}

std::vector<data::Item> CandidateSampler::excluded(data::User user, std::int64_t index) const {
  if (exclude_ == ExcludeSeen::none) return {};
  const auto history = data_->history(user);
  const std::int64_t count =
      exclude_ == ExcludeSeen::history ? index : std::min(index, split_->users[user].train_size);
  std::vector<data::Item> items(history.items.begin(), history.items.begin() + count);
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  const auto target = std::lower_bound(items.begin(), items.end(), history.items[index]);
  if (target != items.end() && *target == history.items[index]) items.erase(target);
  return items;
}

std::vector<data::Item> CandidateSampler::draw(data::User user, std::int64_t index,
                                               base::Stream stream) const {
  if (given_) return given_->of(data_->first_event(user) + index);
  const auto left_out = excluded(user, index);
  const data::Item target = data_->history(user).items[index];
  const auto eligible = [&](data::Item item) {
    return item != target && !std::binary_search(left_out.begin(), left_out.end(), item);
  };
  const auto every_eligible = [&] {
    std::vector<data::Item> items;
    for (data::Item item = 1; item <= data_->items(); ++item)
      if (eligible(item) && (cumulative_.empty() || cumulative_[item] > cumulative_[item - 1]))
        items.push_back(item);
    return items;
  };
  if (set_.kind == contract::CandidateSet::Kind::full) return every_eligible();
  // Rejection is quick while the pool is a small part of the items; near exhaustion it would hardly end.
  // There, every item arrives after an exponential time at the rate of its weight, which gives the same
  // distribution (Efraimidis and Spirakis 2006).
  if (4 * (set_.count + static_cast<std::int64_t>(left_out.size()) + 1) > drawable_) {
    std::vector<std::pair<double, data::Item>> arrivals;
    for (data::Item item : every_eligible()) {
      const double weight =
          cumulative_.empty() ? 1.0 : static_cast<double>(cumulative_[item] - cumulative_[item - 1]);
      arrivals.emplace_back(-std::log1p(-stream.uniform()) / weight, item);
    }
    std::sort(arrivals.begin(), arrivals.end());
    std::vector<data::Item> drawn;
    for (const auto& [time, item] : arrivals)
      if (static_cast<std::int64_t>(drawn.size()) < set_.count) drawn.push_back(item);
    return drawn;
  }
  std::vector<data::Item> drawn;
  std::unordered_set<data::Item> taken;
  while (static_cast<std::int64_t>(drawn.size()) < set_.count) {
    data::Item item;
    if (set_.kind == contract::CandidateSet::Kind::uniform) {
      item = static_cast<data::Item>(1 + stream.below(data_->items()));
    } else {
      const auto ticket = static_cast<std::int64_t>(stream.below(cumulative_.back()));
      item = static_cast<data::Item>(std::upper_bound(cumulative_.begin(), cumulative_.end(), ticket) -
                                     cumulative_.begin());
    }
    if (eligible(item) && taken.insert(item).second) drawn.push_back(item);
  }
  return drawn;
}

}  // namespace pebench::examiner
