#pragma once

#include <array>
#include <cstdint>
#include <utility>

#include "pebench/sdk/build.hpp"
#include "pebench/sdk/operations.hpp"
#include "pebench/sdk/options.hpp"
#include "pebench/sdk/tensor.hpp"

#pragma GCC visibility push(hidden)
namespace peb {

/// Who an encoder is. id: [a-z][a-z0-9_]*, what suites call it; cite: a paper, "doi:..." or "arXiv:...".
struct Info {
  const char* id;
  const char* version;
  const char* cite;
  const char* name = nullptr;  // for people; the id when absent
};

/// A sequence of embeddings x [B, L, D]; see peb_sequence.
struct Sequence {
  Pass pass;
  bool candidates, causal, training;
  int64_t batch, length, width;
  Tensor position;  // I64 [1, L] or [B, L], the slot in the window: never count slots yourself
  Tensor time;      // I64 [B, L], seconds; none without PEB_NEED_TIME
  Tensor mask;      // BOOL [B, L], true for real events
};

/// One attention call; see peb_site.
struct Site {
  Pass pass;
  bool cross, causal, training;
  uint32_t layer;
  int64_t batch, heads, queries, keys, head_width;
  double scale;
  Tensor q, k, v;                       // [B, H, Lq or Lk, h]; after rotate() in later hooks
  Tensor query_position, key_position;  // I64 [1, L] or [B, L]
  Tensor query_time, key_time;          // as Sequence::time
  Tensor visible;                       // BOOL, broadcasts to [B, 1, Lq, Lk]: never derive it from positions
  Tensor logits;                        // in bias() with PEB_NEED_LOGITS
  Tensor probs;                         // in value() with PEB_NEED_PROBS
  Tensor query_hidden, key_hidden;      // [B, Lq or Lk, D], before their projections, with PEB_NEED_HIDDEN

  /// Key position minus query position of every pair -> I64 [1 or B, 1, Lq, Lk].
  Tensor relative_position() const {
    return key_position.unsqueeze(1).unsqueeze(1) - query_position.unsqueeze(1).unsqueeze(-1);
  }
};

/// The base of every encoder. A derived class has `static constexpr peb::Info info`, and may have
///
///   static constexpr auto options = peb::options(...);   // what a suite may set
///   static constexpr uint32_t flags = PEB_NEED_TIME | PEB_IS_AFFINE_INPUT;
///   Derived(peb::Build&, const peb::Config&, const peb::Values&);   // declares parameters
///
/// (default-constructed without the last), and those hooks that it needs, const or not:
///
///   void begin(const Pass&);                   // once per pass: forget tensors kept from the last one
///   Tensor input(const Sequence&, Tensor x);   // x [B, L, D] -> [B, L, D]
///   std::pair<Tensor, Tensor> rotate(const Site&, Tensor q, Tensor k);   // shapes kept
///   Tensor bias(const Site&);                  // added to the scaled logits; broadcasts to [B, H, Lq, Lk]
///   Tensor value(const Site&);                 // -> [B, H, Lq, h], added to probs @ v
///   Tensor output(const Site&, Tensor y);      // the merged heads y [B, Lq, D] -> [B, Lq, D]
///
/// An encoder with PEB_NEED_HIDDEN is refused by hosts of 1.0, which have no such tensors. One that can do
/// without says `static constexpr uint32_t min_minor = 0`, and asks `if (site.key_hidden)`.
///
/// The other hooks stay NULL in the descriptor. Constructors and hooks may throw; see Unsupported.
class Encoder {
 public:
  static constexpr uint32_t flags = 0;
  static constexpr std::array<peb_option, 0> options{};

  /// Stands where a derived class has no hook of that name, so that a hook with a wrong signature is an
  /// error of the compiler and not a hook that is silently missing.
  struct Absent {};
  static constexpr Absent begin{}, input{}, rotate{}, bias{}, value{}, output{};
};

}  // namespace peb

#pragma GCC visibility pop
