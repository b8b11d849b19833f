#include "host/worker/trial/environment.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <torch/version.h>

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <ctime>
#include <fstream>

#include "host/base/machine.h"
#include "host/worker/tensor/tensor.h"
#include "host/worker/trial/blas_kernels.h"
#include "host/worker/trial/version.h"

namespace pebench::trial {
namespace {

/// "Intel(R) Xeon(R) Processor avx2 avx512f": the model, and the instruction sets that decide which kernels
/// run.
std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  std::string line, name = "unknown", found;
  auto value_of = [&] { return line.substr(std::min(line.size(), line.find(':') + 2)); };
  while (std::getline(info, line) && !line.empty()) {
    if (line.rfind("model name", 0) == 0) name = value_of();
    if (line.rfind("flags", 0) != 0) continue;
    const std::string flags = " " + value_of() + " ";
    for (const char* set : {"avx2", "avx512f"})
      if (flags.find(" " + std::string(set) + " ") != std::string::npos) found += " " + std::string(set);
  }
  return name + found;
}

}  // namespace

std::string resolved_blas() {
  void* product = dlsym(RTLD_DEFAULT, "sgemm_");
  Dl_info info{};
  if (product == nullptr || dladdr(product, &info) == 0 || info.dli_fname == nullptr) return "unknown";
  char path[PATH_MAX];
  const std::string file = ::realpath(info.dli_fname, path) != nullptr ? path : info.dli_fname;
  const std::string kernels = openblas_kernels();  // each gives other last digits
  return kernels.empty() ? file : file + " (" + kernels + ")";
}

double gemm_speed() {
  constexpr std::int64_t n = 384;
  Tensor a = at::ones({n, n}), b = at::ones({n, n});
  double best = 0.0;
  for (int i = 0; i < 4; ++i) {  // the first is a warm-up
    const std::clock_t start = std::clock();
    Tensor c = at::mm(a, b);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    if (i > 0) best = std::max(best, 2.0 * n * n * n / seconds * 1e-9);
  }
  return best;
}

void describe_environment(contract::Run& run) {
  run.host = base::host_name();
  run.commit = version_commit;
  run.compiler = "g++ " __VERSION__;
  run.flags = version_flags;
  run.libtorch = TORCH_VERSION;
  run.blas = resolved_blas();
  run.cpu = processor();
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  run.memory_peak_bytes = usage.ru_maxrss * 1024L;
}

}  // namespace pebench::trial
