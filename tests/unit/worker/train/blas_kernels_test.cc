// Which of OpenBLAS's kernels run where it does not know the processor.

#include "host/worker/trial/blas_kernels.h"

#include <gtest/gtest.h>

namespace pebench::trial {
namespace {

constexpr InstructionSets none{false, false}, avx2{true, false}, avx512{true, true};

TEST(BlasKernels, KernelsOlderThanTheProcessorAreReplaced) {
  EXPECT_EQ(better_kernels("Prescott", avx512), "SkylakeX");
  EXPECT_EQ(better_kernels("Prescott", avx2), "Haswell");
  EXPECT_EQ(better_kernels("Sandybridge", avx2), "Haswell");
}

TEST(BlasKernels, KernelsThatUseTheProcessorStay) {
  for (const char* kernels : {"Haswell", "Zen", "SkylakeX", "Cooperlake", "Sapphirerapids", "of the future"})
    EXPECT_EQ(better_kernels(kernels, avx512), "") << kernels;
  EXPECT_EQ(better_kernels("Prescott", none), "") << "all that this processor can";
  EXPECT_EQ(better_kernels("", avx512), "") << "another BLAS";
}

}  // namespace
}  // namespace pebench::trial
