#include "host/worker/train/masks.h"

#include <algorithm>

namespace pebench::train {

std::vector<bool> draw_mask(std::int64_t events, const contract::TrainSettings& train, base::Stream stream) {
  std::vector<bool> mask(events, false);
  if (stream.uniform() < train.mask_last) {
    mask.back() = true;
    return mask;
  }
  for (std::int64_t i = 0; i < events; ++i) mask[i] = stream.uniform() < train.mask_share;
  if (std::find(mask.begin(), mask.end(), true) == mask.end()) mask[stream.below(events)] = true;
  return mask;
}

std::vector<std::int64_t> known_times(std::vector<std::int64_t> times, const std::vector<bool>& mask) {
  const auto first = std::find(mask.begin(), mask.end(), false) - mask.begin();
  std::int64_t known = first < static_cast<std::ptrdiff_t>(mask.size()) ? times[first] : 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!mask[i]) known = times[i];
    times[i] = known;
  }
  return times;
}

}  // namespace pebench::train
