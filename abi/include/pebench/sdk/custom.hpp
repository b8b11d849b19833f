#pragma once

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "pebench/sdk/build.hpp"
#include "pebench/sdk/operations.hpp"

#pragma GCC visibility push(hidden)
namespace peb {

/// A row of views; View is peb_view or const peb_view.
template <class View>
class Row {
 public:
  Row(View* first, uint32_t count) : first_(first), count_(count) {}
  View& operator[](size_t i) const { return first_[i]; }
  size_t size() const { return count_; }
  View* begin() const { return first_; }
  View* end() const { return first_ + count_; }

 private:
  View* first_;
  uint32_t count_;
};
using Views = Row<const peb_view>;
using MutableViews = Row<peb_view>;

/// Number of elements of a view.
inline int64_t size(const peb_view& view) {
  int64_t count = 1;
  for (int32_t i = 0; i < view.ndim; ++i) count *= view.shape[i];
  return count;
}

/// The elements of a view, as float, double or int64_t. Throws Unsupported when it holds another number
/// type.
template <class Number>
Number* elements(peb_view& view) {
  static_assert(std::is_floating_point_v<Number> || std::is_same_v<Number, int64_t>);
  constexpr uint8_t code = std::is_floating_point_v<Number> ? 2 : 0;  // DLDataTypeCode
  if (view.code != code || view.bits != 8 * sizeof(Number)) {
    throw Unsupported("this operation does not serve numbers of DLPack code " + std::to_string(view.code) +
                      " with " + std::to_string(view.bits) + " bits");
  }
  return reinterpret_cast<Number*>(static_cast<char*>(view.data) + view.byte_offset);
}
template <class Number>
const Number* elements(const peb_view& view) {
  peb_view same = view;
  return elements<Number>(same);
}

/// In infer(): gives out the shape and number type of like.
inline void describe_like(peb_view& out, const peb_view& like) {
  out.ndim = like.ndim;
  for (int32_t i = 0; i < like.ndim; ++i) out.shape[i] = like.shape[i];
  out.code = like.code;
  out.bits = like.bits;
}

/// A differentiable operation with a forward and backward of its own. Derive, and keep the object as a
/// MEMBER of the encoder: the host may call backward until the instance is destroyed. Exceptions of the
/// callbacks end at the border.
class CustomOperation {
 public:
  /// flags: peb_custom_flag.
  CustomOperation(const Build& build, std::string name, uint32_t flags = 0)
      : ops_(*build.host().ops), name_(std::move(name)) {
    custom_.struct_size = sizeof(peb_custom);
    custom_.flags = flags;
    custom_.name = name_.c_str();
    custom_.user = this;
    custom_.infer = &infer_at_border;
    custom_.forward = &forward_at_border;
    custom_.backward = &backward_at_border;
  }
  // The host keeps the address.
  CustomOperation(const CustomOperation&) = delete;
  CustomOperation& operator=(const CustomOperation&) = delete;
  virtual ~CustomOperation() = default;

  /// Runs the operation inside a hook.
  std::vector<Tensor> run(const std::vector<Tensor>& in, uint32_t n_out = 1) const {
    const Pass& pass = border::pass_of(in);
    const std::vector<peb_tensor> inputs = border::handles(in);
    std::vector<peb_tensor> outputs(n_out, 0);
    pass.ops().custom(pass.scope(), &custom_, inputs.data(), static_cast<uint32_t>(inputs.size()),
                      outputs.data(), n_out);
    std::vector<Tensor> result;
    for (const peb_tensor handle : outputs) result.emplace_back(pass, handle);
    return result;
  }

 protected:
  /// Fills ndim, shape, code and bits of every output.
  virtual void infer(Views in, MutableViews out) = 0;
  /// Writes every output, which is allocated and contiguous. stream: a cudaStream_t or NULL.
  virtual void forward(Views in, MutableViews out, void* stream) = 0;
  /// Writes (does not add to) every grad_in whose data is not NULL. Runs on a thread of the gradient
  /// engine.
  virtual void backward(Views in, Views out, Views grad_out, MutableViews grad_in, void* stream) = 0;

 private:
  template <class Body>
  static peb_status at_border(void* user, peb_scope* scope, Body&& body) noexcept {
    CustomOperation& self = *static_cast<CustomOperation*>(user);
    return border::translate(
        [&] { body(self); },
        [&](peb_status status, const char* message) { self.ops_.fail(scope, status, message); });
  }
  static peb_status infer_at_border(void* user, peb_scope* scope, const peb_view* in, uint32_t n_in,
                                    peb_view* out, uint32_t n_out) {
    return at_border(user, scope, [&](CustomOperation& self) { self.infer({in, n_in}, {out, n_out}); });
  }
  static peb_status forward_at_border(void* user, peb_scope* scope, const peb_view* in, uint32_t n_in,
                                      peb_view* out, uint32_t n_out, void* stream) {
    return at_border(user, scope, [&](CustomOperation& self) {
      self.forward({in, n_in}, {out, n_out}, stream);
    });
  }
  static peb_status backward_at_border(void* user, peb_scope* scope, const peb_view* in, uint32_t n_in,
                                       const peb_view* out, const peb_view* grad_out, uint32_t n_out,
                                       peb_view* grad_in, void* stream) {
    return at_border(user, scope, [&](CustomOperation& self) {
      self.backward({in, n_in}, {out, n_out}, {grad_out, n_out}, {grad_in, n_in}, stream);
    });
  }

  const peb_ops& ops_;
  std::string name_;
  peb_custom custom_{};
};

}  // namespace peb

#pragma GCC visibility pop
