#include "host/worker/trial/blas_kernels.h"

#include <dlfcn.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace pebench::trial {
namespace {

constexpr const char* variable = "OPENBLAS_CORETYPE";

// By OpenBLAS's own names, those that it may take for a processor it does not know.
constexpr std::array<std::string_view, 12> without_avx2{"Katmai",  "Coppermine",  "Northwood", "Prescott",
                                                        "Banias",  "Core2",       "Penryn",    "Dunnington",
                                                        "Nehalem", "Sandybridge", "Athlon",    "Barcelona"};

}  // namespace

InstructionSets InstructionSets::of_this_processor() {
#ifdef __x86_64__
  InstructionSets sets;
  sets.avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  sets.avx512 = sets.avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") &&
                __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                __builtin_cpu_supports("avx512vl");
  return sets;
#else
  return {};
#endif
}

std::string openblas_kernels() {
  void* name = dlsym(RTLD_DEFAULT, "openblas_get_corename");
  return name == nullptr ? "" : reinterpret_cast<char* (*)()>(name)();
}

std::string_view better_kernels(std::string_view running, const InstructionSets& processor) {
  const bool is_old = std::find(without_avx2.begin(), without_avx2.end(), running) != without_avx2.end();
  if (!is_old || !processor.avx2) return {};
  return processor.avx512 ? "SkylakeX" : "Haswell";
}

void restart_with_better_kernels(char** arguments) {
  if (std::getenv(variable) != nullptr) return;
  const std::string kernels(better_kernels(openblas_kernels(), InstructionSets::of_this_processor()));
  if (kernels.empty() || ::setenv(variable, kernels.c_str(), 0) != 0) return;
  ::execv("/proc/self/exe", arguments);  // where it fails, the slow kernels do
}

}  // namespace pebench::trial
