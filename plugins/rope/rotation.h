// The rotation of RoFormer (Su et al. 2021, arXiv:2104.09864), with the pairs (i, i + h/2) of the common
// implementations.
//
//   y_i = x_i cos a_i - x_j sin a_i            j = i + h/2, i < h/2
//   y_j = x_j cos a_i + x_i sin a_i
//
// q.k after it depends on angles through their difference alone.
#pragma once

#include <cmath>
#include <pebench/plugin.hpp>
#include <vector>

namespace rotation {

/// base^(-2i/h) for i < h/2; h is even.
inline std::vector<double> frequencies(uint32_t head_width, double base) {
  std::vector<double> frequencies;
  for (uint32_t i = 0; i < head_width / 2; ++i) frequencies.push_back(std::pow(base, -2.0 * i / head_width));
  return frequencies;
}

/// x [B, H, L, h] turned by a_i = place * frequency_i, place [1 or B, L] in float64 -> [B, H, L, h]. Angles
/// stay in float64 until their sine is taken: in float32 a large one has lost its digits before.
inline peb::Tensor turned(const peb::Tensor& x, const peb::Tensor& place,
                          const std::vector<double>& frequencies) {
  const int64_t half = static_cast<int64_t>(frequencies.size());
  const peb::Tensor angles = place.reshape({place.dim(0), 1, place.dim(1), 1}) *
                             x.pass().constant(frequencies, {half}, PEB_F64);  // [1 or B, 1, L, h/2]
  const peb::Tensor cosine = cos(angles).cast(PEB_MODEL), sine = sin(angles).cast(PEB_MODEL);
  const peb::Tensor first = x.slice(-1, 0, half), second = x.slice(-1, half, 2 * half);
  return peb::concat({first * cosine - second * sine, second * cosine + first * sine}, -1);
}

}  // namespace rotation
