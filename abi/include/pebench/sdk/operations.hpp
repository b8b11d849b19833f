#pragma once

#include <string>
#include <vector>

#include "pebench/sdk/tensor.hpp"

/// Operators and free functions on tensors. A Parameter stands wherever a Tensor does.
#pragma GCC visibility push(hidden)
namespace peb {

namespace border {

inline Tensor unary(uint32_t op, const Tensor& x) {
  return {x.pass(), x.pass().ops().unary(x.pass().scope(), op, x.handle())};
}
inline Tensor binary(uint32_t op, const Tensor& a, const Tensor& b) {
  return {a.pass(), a.pass().ops().binary(a.pass().scope(), op, a.handle(), b.handle())};
}
inline Tensor scalar(uint32_t op, const Tensor& x, double value) {
  return {x.pass(), x.pass().ops().scalar(x.pass().scope(), op, x.handle(), value)};
}
/// The table has `tensor OP value` only; this is `value OP tensor`.
inline Tensor scalar(uint32_t op, double value, const Tensor& x) {
  return binary(op, x.pass().full(value, {}, x.dtype()), x);
}
inline std::vector<peb_tensor> handles(const std::vector<Tensor>& tensors) {
  std::vector<peb_tensor> result;
  for (const Tensor& tensor : tensors) result.push_back(tensor.handle());
  return result;
}
inline const Pass& pass_of(const std::vector<Tensor>& tensors) {
  if (tensors.empty()) throw std::invalid_argument("an operation on no tensors");
  return tensors.front().pass();
}

}  // namespace border

inline Tensor operator-(const Tensor& x) { return border::unary(PEB_NEG, x); }

inline Tensor operator+(const Tensor& a, const Tensor& b) { return border::binary(PEB_ADD, a, b); }
inline Tensor operator+(const Tensor& a, double b) { return border::scalar(PEB_ADD, a, b); }
inline Tensor operator+(double a, const Tensor& b) { return border::scalar(PEB_ADD, b, a); }
inline Tensor operator-(const Tensor& a, const Tensor& b) { return border::binary(PEB_SUB, a, b); }
inline Tensor operator-(const Tensor& a, double b) { return border::scalar(PEB_SUB, a, b); }
inline Tensor operator-(double a, const Tensor& b) { return border::scalar(PEB_SUB, a, b); }
inline Tensor operator*(const Tensor& a, const Tensor& b) { return border::binary(PEB_MUL, a, b); }
inline Tensor operator*(const Tensor& a, double b) { return border::scalar(PEB_MUL, a, b); }
inline Tensor operator*(double a, const Tensor& b) { return border::scalar(PEB_MUL, b, a); }
/// On I64 division rounds toward minus infinity.
inline Tensor operator/(const Tensor& a, const Tensor& b) { return border::binary(PEB_DIV, a, b); }
inline Tensor operator/(const Tensor& a, double b) { return border::scalar(PEB_DIV, a, b); }
inline Tensor operator/(double a, const Tensor& b) { return border::scalar(PEB_DIV, a, b); }

/// Comparisons give BOOL tensors, elementwise.
inline Tensor operator<(const Tensor& a, const Tensor& b) { return border::binary(PEB_LT, a, b); }
inline Tensor operator<(const Tensor& a, double b) { return border::scalar(PEB_LT, a, b); }
inline Tensor operator<=(const Tensor& a, const Tensor& b) { return border::binary(PEB_LE, a, b); }
inline Tensor operator<=(const Tensor& a, double b) { return border::scalar(PEB_LE, a, b); }
inline Tensor operator>(const Tensor& a, const Tensor& b) { return b < a; }
inline Tensor operator>(const Tensor& a, double b) { return border::scalar(PEB_LT, b, a); }
inline Tensor operator>=(const Tensor& a, const Tensor& b) { return b <= a; }
inline Tensor operator>=(const Tensor& a, double b) { return border::scalar(PEB_LE, b, a); }
inline Tensor equal(const Tensor& a, const Tensor& b) { return border::binary(PEB_EQ, a, b); }
inline Tensor equal(const Tensor& a, double b) { return border::scalar(PEB_EQ, a, b); }

inline Tensor pow(const Tensor& a, const Tensor& b) { return border::binary(PEB_POW, a, b); }
inline Tensor pow(const Tensor& a, double b) { return border::scalar(PEB_POW, a, b); }
inline Tensor pow(double a, const Tensor& b) { return border::scalar(PEB_POW, a, b); }
inline Tensor minimum(const Tensor& a, const Tensor& b) { return border::binary(PEB_MIN, a, b); }
inline Tensor minimum(const Tensor& a, double b) { return border::scalar(PEB_MIN, a, b); }
inline Tensor maximum(const Tensor& a, const Tensor& b) { return border::binary(PEB_MAX, a, b); }
inline Tensor maximum(const Tensor& a, double b) { return border::scalar(PEB_MAX, a, b); }

inline Tensor abs(const Tensor& x) { return border::unary(PEB_ABS, x); }
inline Tensor exp(const Tensor& x) { return border::unary(PEB_EXP, x); }
inline Tensor log(const Tensor& x) { return border::unary(PEB_LOG, x); }
inline Tensor sin(const Tensor& x) { return border::unary(PEB_SIN, x); }
inline Tensor cos(const Tensor& x) { return border::unary(PEB_COS, x); }
inline Tensor sqrt(const Tensor& x) { return border::unary(PEB_SQRT, x); }
inline Tensor tanh(const Tensor& x) { return border::unary(PEB_TANH, x); }
inline Tensor sigmoid(const Tensor& x) { return border::unary(PEB_SIGMOID, x); }
inline Tensor relu(const Tensor& x) { return border::unary(PEB_RELU, x); }
inline Tensor softplus(const Tensor& x) { return border::unary(PEB_SOFTPLUS, x); }
/// floor, ceil and sign have gradient 0.
inline Tensor floor(const Tensor& x) { return border::unary(PEB_FLOOR, x); }
inline Tensor ceil(const Tensor& x) { return border::unary(PEB_CEIL, x); }
inline Tensor sign(const Tensor& x) { return border::unary(PEB_SIGN, x); }

/// condition (BOOL) ? a : b, elementwise.
inline Tensor where(const Tensor& condition, const Tensor& a, const Tensor& b) {
  const Pass& pass = condition.pass();
  return {pass, pass.ops().choose(pass.scope(), condition.handle(), a.handle(), b.handle())};
}

/// [..., n, k] x [..., k, m] -> [..., n, m]; leading dimensions broadcast.
inline Tensor matmul(const Tensor& a, const Tensor& b) {
  return {a.pass(), a.pass().ops().matmul(a.pass().scope(), a.handle(), b.handle())};
}

/// Einstein summation with an explicit output: einsum("bhqd,qkd->bhqk", {q, table}).
inline Tensor einsum(const std::string& spec, const std::vector<Tensor>& in) {
  const Pass& pass = border::pass_of(in);
  const std::vector<peb_tensor> handles = border::handles(in);
  return {pass, pass.ops().einsum(pass.scope(), spec.c_str(), handles.data(),
                                  static_cast<uint32_t>(handles.size()))};
}

/// table [N, D], index I64 [...] -> [..., D].
inline Tensor embedding(const Tensor& table, const Tensor& index) {
  const Pass& pass = index.pass();
  return {pass, pass.ops().embedding(pass.scope(), table.handle(), index.handle())};
}

/// Joins along an existing dimension; the others must agree.
inline Tensor concat(const std::vector<Tensor>& in, int32_t axis) {
  const Pass& pass = border::pass_of(in);
  const std::vector<peb_tensor> handles = border::handles(in);
  return {pass, pass.ops().concat(pass.scope(), handles.data(), static_cast<uint32_t>(handles.size()), axis)};
}

/// Joins tensors of one shape along a new dimension that stands at axis afterwards.
inline Tensor stack(const std::vector<Tensor>& in, int32_t axis) {
  std::vector<Tensor> widened;
  for (const Tensor& tensor : in) widened.push_back(tensor.unsqueeze(axis));
  return concat(widened, axis);
}

}  // namespace peb

#pragma GCC visibility pop
