#include "host/worker/train/adam_kernel.h"

#include <cmath>

#include "host/worker/tensor/clones.h"

namespace pebench::train {

template <class Real>
PEBENCH_CLONES void adam_update(const AdamRates& rates, std::int64_t count, const Real* __restrict gradient,
                                Real* __restrict first, Real* __restrict second, Real* __restrict value) {
  const auto beta1 = static_cast<Real>(rates.beta1), rest1 = static_cast<Real>(1.0 - rates.beta1);
  const auto beta2 = static_cast<Real>(rates.beta2), rest2 = static_cast<Real>(1.0 - rates.beta2);
  const auto step = static_cast<Real>(rates.step), of_second = static_cast<Real>(rates.of_second);
  const auto epsilon = static_cast<Real>(rates.epsilon);
  for (std::int64_t i = 0; i < count; ++i) {
    const Real g = gradient[i];
    const Real m = first[i] * beta1 + g * rest1;
    const Real v = second[i] * beta2 + g * g * rest2;
    first[i] = m;
    second[i] = v;
    value[i] -= step * m / (std::sqrt(v * of_second) + epsilon);
  }
}

template void adam_update<float>(const AdamRates&, std::int64_t, const float*, float*, float*, float*);
template void adam_update<double>(const AdamRates&, std::int64_t, const double*, double*, double*, double*);

}  // namespace pebench::train
