#include "host/worker/tensor/randomness.h"

#include <cmath>

#include "host/worker/tensor/dropout_mask.h"

namespace pebench::tensor {

Tensor Randomness::dropout(const Tensor& x, double p) {
  if (!training_ || p <= 0.0) return x;
  auto threshold = static_cast<std::uint32_t>(std::lround((1.0 - p) * 65536.0));
  if (threshold == 0) return x * 0;
  double scale = 65536.0 / threshold;
  auto type = x.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
  Tensor mask = at::empty(x.sizes(), at::TensorOptions(type));
  std::uint64_t first = stream_.position();
  if (type == at::kDouble)
    fill_dropout_mask<double>(mask.data_ptr<double>(), mask.numel(), threshold, scale, stream_.key().data(),
                              first, stream_.index());
  else
    fill_dropout_mask<float>(mask.data_ptr<float>(), mask.numel(), threshold, static_cast<float>(scale),
                             stream_.key().data(), first, stream_.index());
  stream_.seek(first + (mask.numel() + 127) / 128 * 16);
  return x * mask.to(x.options());
}

Tensor Randomness::normal(double mean, double deviation, at::IntArrayRef shape,
                          const at::TensorOptions& options) {
  Tensor values = at::empty(shape, at::kDouble);
  double* out = values.data_ptr<double>();
  for (std::int64_t i = 0; i < values.numel(); ++i) out[i] = mean + deviation * stream_.normal();
  return values.to(options);
}

}  // namespace pebench::tensor
