#pragma once

#include <cstdint>

#include "host/contract/settings.h"
#include "host/worker/published/published.h"

namespace pebench::backbone {

/// What of a backbone its encoding and its windows depend on.
struct Sizes {
  std::int64_t items = 0;    ///< N
  std::int64_t context = 6;  ///< K
  std::int64_t width = 0;    ///< d
  std::int64_t heads = 1;    ///< H, divides d
  std::int64_t blocks = 1;
  std::int64_t max_len = 0;  ///< L
  bool causal = false;
  bool one_target = false;  ///< training predicts the event behind the window, not one behind every slot
  bool masked = false;      ///< training predicts [mask], the item N+1 of a window, where it stands
  bool candidate_position_is_index = false;
  bool encode_cross_attention = false;
  published::Switches published;
  /// Rewrites that change rounding and nothing else; false computes the formulas as they are written.
  bool fast = true;

  std::int64_t head_width() const;
  /// Attention calls of one pass that run the encoding's hooks.
  std::int64_t sites() const;
};

/// What of them every backbone reads alike, of a trial on a data set of `items` items: all but the sites of a
/// decoder and the faults of one backbone alone.
Sizes sizes_of(const contract::Settings& settings, std::int64_t items);

}  // namespace pebench::backbone
