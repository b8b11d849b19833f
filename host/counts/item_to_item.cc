#include "host/counts/item_to_item.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/counts/popularity.h"

namespace pebench::counts {
namespace {

// Of a cosine, whose smallest is 1 / users: far above rounding, far below what any data set has.
constexpr double weight_of_back_off = 1e-9;

std::vector<data::Item> distinct(base::Span<const data::Item> events) {
  std::vector<data::Item> items(events.begin(), events.end());
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  return items;
}

/// Who chose what in training, each pair of a user and an item once.
struct Choices {
  Choices(const data::Dataset& data, const data::Split& split) : users_of(data.items() + 1) {
    for (data::User user = 0; user < data.users(); ++user) {
      items_of.push_back(distinct(data.history(user).items.first(split.users[user].train_size)));
      for (const data::Item item : items_of.back()) users_of[item].push_back(user);
    }
  }

  std::vector<std::vector<data::Item>> items_of;  ///< [users], ascending
  std::vector<std::vector<data::User>> users_of;  ///< [N+1], ascending
};

}  // namespace

ItemToItem::ItemToItem(const data::Dataset& data, const data::Split& split, std::size_t neighbours)
    : back_off_(counts::back_off(data, split)), offsets_{0, 0} {
  for (double& share : back_off_) share *= weight_of_back_off;
  const Choices choices(data, split);
  for (const auto& users : choices.users_of)
    scale_.push_back(users.empty() ? 0.0 : 1.0 / std::sqrt(static_cast<double>(users.size())));

  std::vector<std::int32_t> both(data.items() + 1, 0);  // with one item at a time
  std::vector<Neighbour> together;
  const auto nearer = [&](const Neighbour& a, const Neighbour& b) {
    const double first = a.both * scale_[a.item], second = b.both * scale_[b.item];
    return first != second ? first > second : a.item < b.item;
  };
  for (data::Item item = 1; item <= data.items(); ++item) {
    together.clear();
    for (const data::User user : choices.users_of[item])
      for (const data::Item other : choices.items_of[user])
        if (both[other]++ == 0 && other != item) together.push_back({other, 0});
    for (Neighbour& neighbour : together) neighbour.both = both[neighbour.item];
    for (const Neighbour& neighbour : together) both[neighbour.item] = 0;
    both[item] = 0;
    if (together.size() > neighbours) {
      std::nth_element(together.begin(), together.begin() + static_cast<std::ptrdiff_t>(neighbours),
                       together.end(), nearer);
      together.resize(neighbours);
    }
    std::sort(together.begin(), together.end(),
              [](const Neighbour& a, const Neighbour& b) { return a.item < b.item; });
    neighbours_.insert(neighbours_.end(), together.begin(), together.end());
    offsets_.push_back(static_cast<std::int64_t>(neighbours_.size()));
  }
}

void ItemToItem::score(base::Span<const data::Item> profile, base::Span<double> scores) const {
  std::fill(scores.begin(), scores.end(), 0.0);
  for (const data::Item item : distinct(profile))
    for (std::int64_t i = offsets_[item]; i < offsets_[item + 1]; ++i)
      scores[neighbours_[i].item] += neighbours_[i].both * scale_[item];
  for (std::ptrdiff_t item = 0; item < scores.size(); ++item)
    scores[item] = scores[item] * scale_[item] + back_off_[item];
}

}  // namespace pebench::counts
