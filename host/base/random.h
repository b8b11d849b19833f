#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace pebench::base {

/// A counter-based stream of random numbers: Philox4x32-10 (Salmon et al. 2011) under a key derived from
/// (seed, purpose, name). Block i of a stream is a pure function of the key and i, so numbers can be drawn in
/// any order and from any thread.
class Stream {
 public:
  using result_type = std::uint32_t;
  using Block = std::array<std::uint32_t, 4>;

  Stream(std::uint64_t seed, std::string_view purpose, std::string_view name = {});

  /// Four words, a function of the key and the 128-bit counter (low, high) only.
  Block block(std::uint64_t low, std::uint64_t high = 0) const;

  /// An independent stream of the same key whose counter's high half is `index`: one per epoch, user or
  /// tensor.
  Stream at(std::uint64_t index) const;

  /// The next word; makes a Stream usable as a C++ random bit generator. Prefer the functions below to
  /// <random>'s distributions, which differ between libraries.
  std::uint32_t operator()();
  static constexpr std::uint32_t min() { return 0; }
  static constexpr std::uint32_t max() { return UINT32_MAX; }

  /// Uniform in [0, 1), 53 bits.
  double uniform();
  /// Uniform integer in [0, bound), without bias. bound >= 1.
  std::uint64_t below(std::uint64_t bound);
  /// Standard normal (Box-Muller).
  double normal();

  /// Blocks consumed so far, for checkpoints, and a jump to that place (a new block begins).
  std::uint64_t position() const { return next_block_; }
  /// For kernels that compute many blocks at once: the key, and the counter's high half.
  const std::array<std::uint32_t, 2>& key() const { return key_; }
  std::uint64_t index() const { return high_; }
  void seek(std::uint64_t position);

 private:
  std::array<std::uint32_t, 2> key_;
  std::uint64_t high_ = 0;
  std::uint64_t next_block_ = 0;
  Block current_{};
  unsigned used_ = 4;
};

/// Fisher-Yates shuffle with numbers of the stream.
template <class Container>
void shuffle(Container& values, Stream& stream) {
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[stream.below(i)]);
}

}  // namespace pebench::base
