#pragma once

/// Before a function: it is compiled for AVX-512, AVX2 and any processor, and the loader takes what there is.
/// Only for functions whose numbers are the same on all three.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define PEBENCH_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define PEBENCH_CLONES
#endif
