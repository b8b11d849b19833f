#pragma once

#include <cstdint>

namespace pebench::tensor {

/// mask[i] = scale with probability threshold / 65536, else 0, for i < count: 16 bits of Philox4x32-10 an
/// element, eight elements a block. Block b of the call is the stream's block first_block + b. LibTorch's own
/// CPU Bernoulli takes 24 ns an element; this is the reason for a kernel of our own.
template <class Real>
void fill_dropout_mask(Real* mask, std::int64_t count, std::uint32_t threshold, Real scale,
                       const std::uint32_t key[2], std::uint64_t first_block, std::uint64_t high);

}  // namespace pebench::tensor
