#include "host/worker/train/counts_scorer.h"

#include <vector>

namespace pebench::train {

Tensor CountsScorer::all(const backbone::Users& users) {
  const Tensor windows = users.window.item.cpu().contiguous();  // i64 [B, L], padded in front
  const std::int64_t length = windows.size(1);
  Tensor scores = at::empty({windows.size(0), items_ + 1}, at::kDouble);
  std::vector<data::Item> profile;
  for (std::int64_t b = 0; b < windows.size(0); ++b) {
    profile.clear();
    const auto* window = windows.data_ptr<std::int64_t>() + b * length;
    for (std::int64_t slot = 0; slot < length; ++slot)
      if (window[slot] >= 1 && window[slot] <= items_)  // neither padding nor [mask]
        profile.push_back(static_cast<data::Item>(window[slot]));
    recommender_.score({profile.data(), static_cast<std::ptrdiff_t>(profile.size())},
                       {scores.data_ptr<double>() + b * (items_ + 1), items_ + 1});
  }
  return scores.to(users.window.item.device());
}

Tensor CountsScorer::lists(const backbone::Users& users, const Tensor& candidates) {
  return all(users).gather(1, candidates);
}

}  // namespace pebench::train
