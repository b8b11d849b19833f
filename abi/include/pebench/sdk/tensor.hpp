#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "pebench/sdk/error.hpp"

#pragma GCC visibility push(hidden)
namespace peb {

using Dims = std::vector<int64_t>;

namespace border {

/// Throws std::invalid_argument unless there are prod(dims) values.
inline void require_count(const Dims& dims, size_t values, const std::string& place) {
  const int64_t count = std::accumulate(dims.begin(), dims.end(), int64_t{1}, std::multiplies<int64_t>());
  if (count != static_cast<int64_t>(values)) {
    throw std::invalid_argument(place + ": " + std::to_string(values) + " values for " +
                                std::to_string(count) + " places");
  }
}

}  // namespace border

class Tensor;

/// One forward pass of the host. Makes tensors out of nothing; as a value it is two pointers. Valid inside
/// hooks.
class Pass {
 public:
  Pass() = default;
  Pass(const peb_ops* ops, peb_scope* scope) : ops_(ops), scope_(scope) {}

  /// The operation table. Throws std::logic_error for a Pass that was never set.
  const peb_ops& ops() const {
    if (ops_ == nullptr)
      throw std::logic_error("a tensor or parameter was used that was never set, or outside a hook");
    return *ops_;
  }
  peb_scope* scope() const { return scope_; }

  /// Values in row-major order -> dims. Throws std::invalid_argument when their number is not prod(dims).
  Tensor constant(const std::vector<double>& values, const Dims& dims, uint32_t dtype = PEB_MODEL) const;
  /// The same value everywhere -> dims; {} makes a scalar.
  Tensor full(double value, const Dims& dims, uint32_t dtype = PEB_MODEL) const;
  /// start + i * step -> [count]
  Tensor arange(int64_t count, double start = 0.0, double step = 1.0, uint32_t dtype = PEB_MODEL) const;
  /// Normal numbers of the host's stream -> dims, in the model's type. Draw in a statement of its own: C++
  /// leaves the order of operands open, and the stream is consumed in the order of calls. So with
  /// Tensor::dropout().
  Tensor normal(const Dims& dims, double mean = 0.0, double deviation = 1.0) const;

 private:
  const peb_ops* ops_ = nullptr;
  peb_scope* scope_ = nullptr;
};

/// A tensor of the host: a handle, copied freely, freed by the host when the pass ends. Operations return
/// new tensors; after the first failure of a pass they all return a failed one, and the host reports the
/// first. Dimensions may be negative and then count from the end. Number types never mix: use cast().
class Tensor {
 public:
  /// None: what bias() and value() return to add nothing.
  Tensor() = default;
  Tensor(Pass pass, peb_tensor handle) : pass_(pass), handle_(handle) {}

  const Pass& pass() const { return pass_; }
  peb_tensor handle() const { return handle_; }
  explicit operator bool() const { return handle_ != 0; }

  /// Sizes of all dimensions. Throws Failed once the pass has failed.
  Dims shape() const {
    Dims dims(8);
    uint32_t rank = ops().shape(scope(), handle_, dims.data(), static_cast<uint32_t>(dims.size()));
    if (rank > dims.size()) {
      dims.resize(rank);
      rank = ops().shape(scope(), handle_, dims.data(), rank);
    }
    if (ops().status(scope()) != PEB_OK) throw Failed();
    dims.resize(rank);
    return dims;
  }
  int64_t rank() const { return static_cast<int64_t>(shape().size()); }
  int64_t dim(int32_t axis) const {
    const Dims dims = shape();
    return dims[index_of(axis, dims.size())];
  }
  /// One of peb_dtype; 0 for a failed tensor.
  uint32_t dtype() const { return ops().dtype(scope(), handle_); }

  Tensor cast(uint32_t dtype) const { return made(ops().cast(scope(), handle_, dtype)); }
  /// The same values, cut off from the gradient.
  Tensor detach() const { return made(ops().detach(scope(), handle_)); }
  /// Zeroes with probability p and scales the rest, while training.
  Tensor dropout(double p) const { return made(ops().dropout(scope(), handle_, p)); }
  Tensor clamp(double low, double high) const { return made(ops().clamp(scope(), handle_, low, high)); }

  /// Sum, mean and maximum keep the dimension with size 1.
  Tensor sum(int32_t axis) const { return along(PEB_SUM, axis); }
  Tensor mean(int32_t axis) const { return along(PEB_MEAN, axis); }
  Tensor amax(int32_t axis) const { return along(PEB_AMAX, axis); }
  Tensor cumsum(int32_t axis) const { return along(PEB_CUMSUM, axis); }
  Tensor softmax(int32_t axis) const { return along(PEB_SOFTMAX, axis); }

  /// One entry of dims may be -1.
  Tensor reshape(const Dims& dims) const {
    return made(ops().reshape(scope(), handle_, dims.data(), static_cast<uint32_t>(dims.size())));
  }
  Tensor permute(const std::vector<int32_t>& axes) const {
    return made(ops().permute(scope(), handle_, axes.data(), static_cast<uint32_t>(axes.size())));
  }
  /// Swaps two dimensions.
  Tensor transpose(int32_t first, int32_t second) const {
    std::vector<int32_t> axes(shape().size());
    std::iota(axes.begin(), axes.end(), 0);
    std::swap(axes[index_of(first, axes.size())], axes[index_of(second, axes.size())]);
    return permute(axes);
  }
  /// Inserts a dimension of size 1 that stands at axis afterwards.
  Tensor unsqueeze(int32_t axis) const {
    Dims dims = shape();
    const size_t place = index_of(axis, dims.size() + 1);
    dims.insert(dims.begin() + static_cast<std::ptrdiff_t>(place), 1);
    return reshape(dims);
  }
  /// Broadcasts to dims; -1 keeps a size.
  Tensor expand(const Dims& dims) const {
    return made(ops().expand(scope(), handle_, dims.data(), static_cast<uint32_t>(dims.size())));
  }
  /// Elements start, start + step, ... before stop.
  Tensor slice(int32_t axis, int64_t start, int64_t stop, int64_t step = 1) const {
    return made(ops().slice(scope(), handle_, axis, start, stop, step));
  }
  /// out[..., j, ...] = this[..., index[..., j, ...], ...] along axis; the index broadcasts elsewhere.
  Tensor gather(int32_t axis, const Tensor& index) const {
    return made(ops().gather(scope(), handle_, axis, index.handle_));
  }
  /// The transpose of gather: sums this[..., j, ...] into entry index[..., j, ...] of `size` along axis.
  Tensor scatter_add(int32_t axis, const Tensor& index, int64_t size) const {
    return made(ops().scatter_add(scope(), handle_, axis, index.handle_, size));
  }
  /// Drops the handle early, to save memory.
  void release() {
    ops().release(scope(), handle_);
    handle_ = 0;
  }

 private:
  const peb_ops& ops() const { return pass_.ops(); }
  peb_scope* scope() const { return pass_.scope(); }
  Tensor made(peb_tensor handle) const { return {pass_, handle}; }
  Tensor along(uint32_t op, int32_t axis) const { return made(ops().along(scope(), op, handle_, axis)); }

  static size_t index_of(int32_t axis, size_t rank) {
    const int64_t place = axis < 0 ? axis + static_cast<int64_t>(rank) : axis;
    if (place < 0 || place >= static_cast<int64_t>(rank)) {
      throw std::invalid_argument("axis " + std::to_string(axis) + " of a tensor with " +
                                  std::to_string(rank) + " dimensions");
    }
    return static_cast<size_t>(place);
  }

  Pass pass_;
  peb_tensor handle_ = 0;
};

/// A parameter declared through Build. Inside a hook it converts to the tensor of its current value,
/// attached to its gradient; tensor() does so explicitly. The encoder that declared it keeps it as a
/// member.
class Parameter {
 public:
  Parameter() = default;
  /// current: the pass of the instance, which outlives its parameters.
  Parameter(const Pass* current, peb_param id) : current_(current), id_(id) {}

  Tensor tensor() const {
    const Pass pass = current_ == nullptr ? Pass() : *current_;
    return {pass, pass.ops().parameter(pass.scope(), id_)};
  }
  operator Tensor() const { return tensor(); }
  explicit operator bool() const { return id_ != 0; }

 private:
  const Pass* current_ = nullptr;
  peb_param id_ = 0;
};

inline Tensor Pass::constant(const std::vector<double>& values, const Dims& dims, uint32_t dtype) const {
  border::require_count(dims, values.size(), "constant");
  return {*this,
          ops().constant(scope_, values.data(), dims.data(), static_cast<uint32_t>(dims.size()), dtype)};
}
inline Tensor Pass::full(double value, const Dims& dims, uint32_t dtype) const {
  return {*this, ops().full(scope_, value, dims.data(), static_cast<uint32_t>(dims.size()), dtype)};
}
inline Tensor Pass::arange(int64_t count, double start, double step, uint32_t dtype) const {
  return {*this, ops().arange(scope_, start, step, count, dtype)};
}
inline Tensor Pass::normal(const Dims& dims, double mean, double deviation) const {
  return {*this, ops().normal(scope_, mean, deviation, dims.data(), static_cast<uint32_t>(dims.size()))};
}

}  // namespace peb

#pragma GCC visibility pop
