#include "host/counts/markov.h"

#include <algorithm>
#include <numeric>

#include "host/counts/popularity.h"

namespace pebench::counts {
namespace {

/// Calls use(item, the item behind it) for all neighbours among the training events of a user.
template <class Use>
void for_transitions(const data::Dataset& data, const data::Split& split, const Use& use) {
  for (data::User user = 0; user < data.users(); ++user) {
    const auto items = data.history(user).items;
    for (std::int64_t i = 1; i < split.users[user].train_size; ++i) use(items[i - 1], items[i]);
  }
}

}  // namespace

Markov::Markov(const data::Dataset& data, const data::Split& split)
    : back_off_(counts::back_off(data, split)), offsets_(data.items() + 2, 0) {
  for_transitions(data, split, [&](data::Item item, data::Item) { ++offsets_[item + 1]; });
  std::partial_sum(offsets_.begin(), offsets_.end(), offsets_.begin());
  followers_.resize(offsets_.back());
  std::vector<std::int64_t> next = offsets_;
  for_transitions(data, split,
                  [&](data::Item item, data::Item follower) { followers_[next[item]++] = follower; });
}

void Markov::score(base::Span<const data::Item> profile, base::Span<double> scores) const {
  std::copy(back_off_.begin(), back_off_.end(), scores.begin());
  if (profile.size() == 0) return;
  const data::Item newest = profile.back();
  for (std::int64_t i = offsets_[newest]; i < offsets_[newest + 1]; ++i) scores[followers_[i]] += 1.0;
}

}  // namespace pebench::counts
