#pragma once

#include <string>
#include <string_view>

namespace pebench::trial {

/// What of the processor decides which of OpenBLAS's kernels it can run.
struct InstructionSets {
  bool avx2 = false;    ///< and FMA
  bool avx512 = false;  ///< F, CD, BW, DQ and VL

  static InstructionSets of_this_processor();
};

/// The processor whose kernels OpenBLAS runs ("Haswell"); empty for another BLAS.
std::string openblas_kernels();

/// OpenBLAS chooses its kernels by the processor's model, and for models younger than itself may take those
/// of 2004 ("Prescott", without AVX), which multiply matrices five times slower. What OPENBLAS_CORETYPE must
/// say for kernels that use what the processor has; empty where those that run use it already.
std::string_view better_kernels(std::string_view running, const InstructionSets& processor);

/// Starts this program again, as the same process, with better kernels where there are some: OpenBLAS chooses
/// when it is loaded, before main(). An OPENBLAS_CORETYPE that is there already is the user's word and stays.
void restart_with_better_kernels(char** arguments);

}  // namespace pebench::trial
