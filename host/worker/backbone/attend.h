#pragma once

#include "host/worker/backbone/encoding.h"
#include "host/worker/backbone/sizes.h"
#include "host/worker/backbone/window.h"
#include "host/worker/tensor/randomness.h"

namespace pebench::backbone {

/// What an attention call knows about its queries and keys besides their embeddings.
struct Layout {
  Tensor query_position, key_position;  ///< i64 [1, L] or [B, L]
  Tensor rotation;  ///< i64 [B, 1]: the position of all, for rotate() alone; undefined unless it differs
  Tensor query_time, key_time;  ///< i64 [B, L] or undefined
  Tensor visible;               ///< bool, broadcasts to [B, 1, Lq, Lk]
  bool all_visible = false;     ///< known to be true everywhere
};

/// Of a profile that attends to itself.
Layout layout_of(const Sizes& sizes, const Window& window);

/// x [B, L, d] with the rows of padding set to zero; mask bool [B, L].
Tensor masked(const Tensor& x, const Tensor& mask);

/// The input hook on embeddings x [B, L, d] of a window; x itself where `encoding` is null.
Tensor encoded(const Sizes& sizes, Encoding* encoding, const Window& window, Sequence::Role role,
               const Tensor& x, bool training);

/// What the projections to queries, and to keys and values, were applied to.
struct Hidden {
  Tensor query, key;  ///< [B, Lq, d], [B, Lk, d]
};

/// Which call it is, for the encoding, and what it drops of the weights.
struct Call {
  std::int64_t layer = 0;
  bool cross = false;
  double dropout = 0.0;
};

/// Scaled dot-product attention with the encoding's hooks (none where it is null): q [B, H, Lq, h], k and v
/// [B, H, Lk, h] -> heads side by side, [B, Lq, d]. Softmax over visible keys, dropout on the weights. A
/// query that sees no key gets an arbitrary finite row.
Tensor attend(const Sizes& sizes, const Call& call, const Hidden& hidden, const Tensor& q, const Tensor& k,
              const Tensor& v, const Layout& layout, Encoding* encoding, tensor::Randomness& randomness);

}  // namespace pebench::backbone
