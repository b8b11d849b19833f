#include "host/worker/tensor/dropout_mask.h"

#include <algorithm>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define PEBENCH_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define PEBENCH_CLONES
#endif

namespace pebench::tensor {
namespace {

constexpr int lanes = 16;  // blocks computed side by side, so that the compiler can vectorise over them

/// words[w][lane]: word w of block first + lane, Philox4x32-10 (Salmon et al. 2011).
PEBENCH_CLONES void philox_blocks(std::uint32_t (*words)[lanes], std::uint64_t first, std::uint64_t high,
                                  std::uint32_t key0, std::uint32_t key1) {
  std::uint32_t c0[lanes], c1[lanes], c2[lanes], c3[lanes];
  for (int i = 0; i < lanes; ++i) {
    c0[i] = static_cast<std::uint32_t>(first + i);
    c1[i] = static_cast<std::uint32_t>((first + i) >> 32);
    c2[i] = static_cast<std::uint32_t>(high);
    c3[i] = static_cast<std::uint32_t>(high >> 32);
  }
  for (int round = 0; round < 10; ++round) {
    for (int i = 0; i < lanes; ++i) {
      std::uint64_t a = std::uint64_t{0xD2511F53u} * c0[i], b = std::uint64_t{0xCD9E8D57u} * c2[i];
      std::uint32_t n0 = static_cast<std::uint32_t>(b >> 32) ^ c1[i] ^ key0;
      std::uint32_t n2 = static_cast<std::uint32_t>(a >> 32) ^ c3[i] ^ key1;
      c1[i] = static_cast<std::uint32_t>(b);
      c3[i] = static_cast<std::uint32_t>(a);
      c0[i] = n0;
      c2[i] = n2;
    }
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  for (int i = 0; i < lanes; ++i) {
    words[0][i] = c0[i];
    words[1][i] = c1[i];
    words[2][i] = c2[i];
    words[3][i] = c3[i];
  }
}

}  // namespace

template <class Real>
void fill_dropout_mask(Real* mask, std::int64_t count, std::uint32_t threshold, Real scale,
                       const std::uint32_t key[2], std::uint64_t first_block, std::uint64_t high) {
  constexpr std::int64_t group = 8 * lanes;
  std::uint32_t words[4][lanes];
  Real values[group];
  for (std::int64_t done = 0; done < count; done += group, first_block += lanes) {
    philox_blocks(words, first_block, high, key[0], key[1]);
    for (int w = 0; w < 4; ++w) {
      for (int i = 0; i < lanes; ++i) {
        values[2 * w * lanes + i] = (words[w][i] & 0xFFFFu) < threshold ? scale : Real(0);
        values[(2 * w + 1) * lanes + i] = (words[w][i] >> 16) < threshold ? scale : Real(0);
      }
    }
    std::copy_n(values, std::min(group, count - done), mask + done);
  }
}

template void fill_dropout_mask<float>(float*, std::int64_t, std::uint32_t, float, const std::uint32_t*,
                                       std::uint64_t, std::uint64_t);
template void fill_dropout_mask<double>(double*, std::int64_t, std::uint32_t, double, const std::uint32_t*,
                                        std::uint64_t, std::uint64_t);

}  // namespace pebench::tensor
