#pragma once

#include <vector>

#include "host/base/random.h"
#include "host/contract/settings.h"

namespace pebench::train {

/// Which of so many events of a window masked training predicts: with probability train.mask_last the newest
/// alone, else each with probability train.mask_share, and one of them where that gives none.
std::vector<bool> draw_mask(std::int64_t events, const contract::TrainSettings& train, base::Stream stream);

/// Times as they are known to who cannot see masked events: that of the newest event in sight before, else of
/// the oldest in sight after; 0 where none is in sight.
std::vector<std::int64_t> known_times(std::vector<std::int64_t> times, const std::vector<bool>& mask);

}  // namespace pebench::train
