#pragma once

#include <string>

#include "host/contract/record.h"

namespace pebench::trial {

/// Fills in what a record says about the machine and the build: host, compiler, flags, commit, LibTorch, the
/// BLAS that was really loaded, the processor, peak memory.
void describe_environment(contract::Run& run);

/// The file of the BLAS that LibTorch's matrix products resolve to, symbolic links followed, and in brackets
/// the processor whose kernels it runs, where it tells; "unknown" if it cannot be told.
std::string resolved_blas();

/// Speed of a float32 matrix product of 384 x 384, in GFLOP per second of processor time, so that other
/// programs do not count: tells an optimised BLAS from the reference one.
double gemm_speed();

/// Below this the BLAS cannot be an optimised one: OpenBLAS reaches 50 and more a core, the reference BLAS 2.
constexpr double slow_gemm = 10.0;

}  // namespace pebench::trial
