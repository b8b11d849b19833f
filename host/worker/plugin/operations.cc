#include "host/worker/plugin/operations.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/worker/plugin/custom.h"
#include "host/worker/plugin/scope.h"

namespace pebench::plugin {
namespace {

using Operands = peb_scope::Operands;

std::vector<std::int64_t> list(const std::int64_t* values, std::uint32_t count) {
  return {values, values + count};
}

bool is_real(const Tensor& t) { return at::isFloatingType(t.scalar_type()); }

std::string type_text(const Tensor& t) { return at::toString(t.scalar_type()); }

void require_same_type(const Operands& t) {
  for (std::size_t i = 1; i < t.size(); ++i)
    if (t[i].scalar_type() != t[0].scalar_type())
      throw OperationError("operands are " + type_text(t[0]) + " and " + type_text(t[i]) +
                           ": cast one of them");
}

void require_type(const Tensor& t, at::ScalarType type, const char* what) {
  if (t.scalar_type() != type)
    throw OperationError(std::string(what) + " is " + type_text(t) + ", not " + at::toString(type) +
                         ": cast it");
}

void require_real(const Tensor& t) {
  if (!is_real(t)) throw OperationError("the operand is " + type_text(t) + ": cast it to a real type");
}

void require_number(const Tensor& t) {
  if (t.scalar_type() == at::kBool) throw OperationError("the operand is Bool: cast it to a number");
}

std::int64_t dimension(const Tensor& t, std::int32_t dim) {
  if (dim < -t.dim() || dim >= t.dim()) throw OperationError("there is no dimension " + std::to_string(dim));
  return dim < 0 ? dim + t.dim() : dim;
}

void require_index(const Tensor& index, std::int64_t size) {
  require_type(index, at::kLong, "the index");
  if (index.numel() == 0) return;
  const auto [least, greatest] = at::aminmax(index);
  const std::int64_t low = least.item<std::int64_t>(), high = greatest.item<std::int64_t>();
  if (low < 0 || high >= size)
    throw OperationError("index " + std::to_string(low < 0 ? low : high) + " is outside [0, " +
                         std::to_string(size) + ")");
}

Tensor binary_of(std::uint32_t op, const Tensor& a, const Tensor& b) {
  switch (op) {
    case PEB_ADD:
      return at::add(a, b);
    case PEB_SUB:
      return at::sub(a, b);
    case PEB_MUL:
      return at::mul(a, b);
    case PEB_DIV:
      return is_real(a) ? at::div(a, b) : at::div(a, b, "floor");
    case PEB_POW:
      return at::pow(a, b);
    case PEB_MIN:
      return at::minimum(a, b);
    case PEB_MAX:
      return at::maximum(a, b);
    case PEB_LT:
      return at::lt(a, b);
    case PEB_LE:
      return at::le(a, b);
    case PEB_EQ:
      return at::eq(a, b);
    default:
      throw OperationError("there is no binary operation " + std::to_string(op));
  }
}

Rule rule_of(std::uint32_t binary_op) {
  switch (binary_op) {
    case PEB_ADD:
    case PEB_SUB:
      return linear;
    case PEB_MUL:
      return multilinear;
    case PEB_DIV:
      return quotient;
    default:
      return any_function;
  }
}

Tensor unary_of(std::uint32_t op, const Tensor& t) {
  if (op == PEB_NEG || op == PEB_ABS || op == PEB_SIGN || op == PEB_RELU)
    require_number(t);
  else
    require_real(t);
  switch (op) {
    case PEB_NEG:
      return at::neg(t);
    case PEB_ABS:
      return at::abs(t);
    case PEB_EXP:
      return at::exp(t);
    case PEB_LOG:
      return at::log(t);
    case PEB_SIN:
      return at::sin(t);
    case PEB_COS:
      return at::cos(t);
    case PEB_SQRT:
      return at::sqrt(t);
    case PEB_TANH:
      return at::tanh(t);
    case PEB_SIGMOID:
      return at::sigmoid(t);
    case PEB_RELU:
      return at::relu(t);
    case PEB_SOFTPLUS:
      return at::softplus(t);
    case PEB_FLOOR:
      return at::floor(t);
    case PEB_CEIL:
      return at::ceil(t);
    case PEB_SIGN:
      return at::sign(t);
    default:
      throw OperationError("there is no unary operation " + std::to_string(op));
  }
}

Tensor along_of(std::uint32_t op, const Tensor& t, std::int32_t dim) {
  require_number(t);
  std::int64_t axis = dimension(t, dim);
  switch (op) {
    case PEB_SUM:
      return at::sum(t, {axis}, /*keepdim=*/true);
    case PEB_MEAN:
      require_real(t);
      return at::mean(t, {axis}, /*keepdim=*/true);
    case PEB_AMAX:
      return at::amax(t, {axis}, /*keepdim=*/true);
    case PEB_CUMSUM:
      return at::cumsum(t, axis);
    case PEB_SOFTMAX:
      require_real(t);
      return at::softmax(t, axis);
    default:
      throw OperationError("there is no operation " + std::to_string(op) + " along a dimension");
  }
}

/// index with its dimensions other than `axis` broadcast to those of t, as gather and scatter_add want it.
Tensor broadcast_index(const Tensor& index, const Tensor& t, std::int64_t axis) {
  if (index.dim() > t.dim()) throw OperationError("the index has more dimensions than the tensor");
  std::vector<std::int64_t> sizes(t.sizes().begin(), t.sizes().end());
  std::int64_t missing = t.dim() - index.dim();
  sizes[axis] = axis < missing ? 1 : index.size(axis - missing);
  return index.expand(sizes);
}

peb_status status(peb_scope* scope) { return scope->status(); }

void fail(peb_scope* scope, peb_status status, const char* message) {
  scope->fail(status, message != nullptr ? message : "failed without a message");
}

std::uint32_t shape(peb_scope* scope, peb_tensor handle, std::int64_t* dims, std::uint32_t capacity) {
  std::uint32_t count = 0;
  scope->run_many("shape", &handle, 1, [&](const Operands& t) {
    count = static_cast<std::uint32_t>(t[0].dim());
    for (std::uint32_t i = 0; i < std::min(count, capacity); ++i) dims[i] = t[0].size(i);
  });
  return count;
}

std::uint32_t dtype(peb_scope* scope, peb_tensor handle) {
  std::uint32_t type = 0;
  scope->run_many("dtype", &handle, 1, [&](const Operands& t) { type = to_dtype(t[0].scalar_type()); });
  return type;
}

void release(peb_scope* scope, peb_tensor handle) { scope->release(handle); }

peb_tensor parameter(peb_scope* scope, peb_param parameter) {
  return scope->run("parameter", {}, [&](const Operands&) { return scope->parameter(parameter); });
}

at::TensorOptions options_of(peb_scope* scope, std::uint32_t dtype) {
  return scope->options().dtype(to_scalar_type(dtype, at::typeMetaToScalarType(scope->options().dtype())));
}

peb_tensor constant(peb_scope* scope, const double* values, const std::int64_t* dims, std::uint32_t ndim,
                    std::uint32_t dtype) {
  return scope->run("constant", {}, [&](const Operands&) {
    auto sizes = list(dims, ndim);
    for (auto size : sizes)
      if (size < 0) throw OperationError("a size is negative");
    return at::from_blob(const_cast<double*>(values), sizes, at::kDouble)
        .clone()
        .to(options_of(scope, dtype));
  });
}

peb_tensor full(peb_scope* scope, double value, const std::int64_t* dims, std::uint32_t ndim,
                std::uint32_t dtype) {
  return scope->run("full", {}, [&](const Operands&) {
    return at::full(list(dims, ndim), value, options_of(scope, dtype));
  });
}

peb_tensor arange(peb_scope* scope, double start, double step, std::int64_t count, std::uint32_t dtype) {
  return scope->run("arange", {}, [&](const Operands&) {
    if (count < 0) throw OperationError("the count is negative");
    Tensor steps = at::arange(count, at::TensorOptions(at::kDouble).device(scope->options().device()));
    return (steps * step + start).to(options_of(scope, dtype));
  });
}

peb_tensor cast(peb_scope* scope, peb_tensor handle, std::uint32_t dtype) {
  const bool to_real = dtype != PEB_I64 && dtype != PEB_BOOL;
  return scope->run(
      "cast", {handle}, [&](const Operands& t) { return t[0].to(options_of(scope, dtype)); },
      to_real ? linear : any_function);
}

peb_tensor detach(peb_scope* scope, peb_tensor handle) {
  return scope->run(
      "detach", {handle}, [&](const Operands& t) { return t[0].detach(); }, linear);
}

peb_tensor unary(peb_scope* scope, std::uint32_t op, peb_tensor handle) {
  return scope->run(
      "unary", {handle}, [&](const Operands& t) { return unary_of(op, t[0]); },
      op == PEB_NEG ? linear : any_function);
}

peb_tensor binary(peb_scope* scope, std::uint32_t op, peb_tensor a, peb_tensor b) {
  return scope->run(
      "binary", {a, b},
      [&](const Operands& t) {
        require_same_type(t);
        if (op != PEB_EQ) require_number(t[0]);
        return binary_of(op, t[0], t[1]);
      },
      rule_of(op));
}

peb_tensor scalar(peb_scope* scope, std::uint32_t op, peb_tensor handle, double value) {
  return scope->run(
      "scalar", {handle},
      [&](const Operands& t) {
        require_number(t[0]);
        if (!is_real(t[0]) && value != std::floor(value))
          throw OperationError("the value " + std::to_string(value) +
                               " is not integral, the tensor is: cast the tensor");
        // A tensor of the same type, not a bare number: LibTorch would turn an integer tensor into a real
        // one.
        return binary_of(op, t[0], at::scalar_tensor(value, t[0].options()));
      },
      rule_of(op));
}

peb_tensor along(peb_scope* scope, std::uint32_t op, peb_tensor handle, std::int32_t dim) {
  return scope->run(
      "along", {handle}, [&](const Operands& t) { return along_of(op, t[0], dim); },
      op == PEB_SUM || op == PEB_MEAN || op == PEB_CUMSUM ? linear : any_function);
}

peb_tensor choose(peb_scope* scope, peb_tensor condition, peb_tensor a, peb_tensor b) {
  return scope->run(
      "choose", {condition, a, b},
      [&](const Operands& t) {
        require_type(t[0], at::kBool, "the condition");
        require_same_type({t[1], t[2]});
        return at::where(t[0], t[1], t[2]);
      },
      choice);
}

/// Bounds of an integer tensor; what lies beyond 64 bits, as an infinite one does, bounds nothing.
struct WholeBounds {
  std::int64_t low = std::numeric_limits<std::int64_t>::min();
  std::int64_t high = std::numeric_limits<std::int64_t>::max();
};

WholeBounds whole_bounds(double low, double high) {
  constexpr double beyond = 0x1p63;
  if (low != std::floor(low) || high != std::floor(high))
    throw OperationError("the bounds of an integer tensor are not integral: cast the tensor");
  if (low >= beyond || high < -beyond)
    throw OperationError("no integer is within the bounds: cast the tensor");
  WholeBounds bounds;
  if (low >= -beyond) bounds.low = static_cast<std::int64_t>(low);
  if (high < beyond) bounds.high = static_cast<std::int64_t>(high);
  return bounds;
}

peb_tensor clamp(peb_scope* scope, peb_tensor handle, double low, double high) {
  return scope->run("clamp", {handle}, [&](const Operands& t) {
    require_number(t[0]);
    if (std::isnan(low) || std::isnan(high))
      throw OperationError("a bound is not a number; -inf and inf bound nothing");
    if (is_real(t[0])) return at::clamp(t[0], low, high);
    const WholeBounds bounds = whole_bounds(low, high);
    return at::clamp(t[0], bounds.low, bounds.high);
  });
}

peb_tensor matmul(peb_scope* scope, peb_tensor a, peb_tensor b) {
  return scope->run(
      "matmul", {a, b},
      [](const Operands& t) {
        require_same_type(t);
        if (t[0].dim() < 2 || t[1].dim() < 2)
          throw OperationError("operands need at least two dimensions: reshape them");
        return at::matmul(t[0], t[1]);
      },
      multilinear);
}

peb_tensor einsum(peb_scope* scope, const char* spec, const peb_tensor* in, std::uint32_t n) {
  return scope->run(
      "einsum", in, n,
      [&](const Operands& t) {
        require_same_type(t);
        if (std::string(spec).find("->") == std::string::npos)
          throw OperationError("'" + std::string(spec) + "' has no output: write it as \"ij,jk->ik\"");
        return at::einsum(spec, t);
      },
      multilinear);
}

peb_tensor embedding(peb_scope* scope, peb_tensor table, peb_tensor index) {
  return scope->run(
      "embedding", {table, index},
      [](const Operands& t) {
        if (t[0].dim() != 2) throw OperationError("the table needs two dimensions");
        require_index(t[1], t[0].size(0));
        return is_real(t[0]) ? at::embedding(t[0], t[1]) : t[0].index_select(0, t[1].flatten()).reshape([&] {
          std::vector<std::int64_t> sizes(t[1].sizes().begin(), t[1].sizes().end());
          sizes.push_back(t[0].size(1));
          return sizes;
        }());
      },
      lookup);
}

peb_tensor gather(peb_scope* scope, peb_tensor handle, std::int32_t dim, peb_tensor index) {
  return scope->run(
      "gather", {handle, index},
      [&](const Operands& t) {
        std::int64_t axis = dimension(t[0], dim);
        require_index(t[1], t[0].size(axis));
        return at::gather(t[0], axis, broadcast_index(t[1], t[0], axis));
      },
      lookup);
}

peb_tensor scatter_add(peb_scope* scope, peb_tensor source, std::int32_t dim, peb_tensor index,
                       std::int64_t size) {
  return scope->run(
      "scatter_add", {source, index},
      [&](const Operands& t) {
        std::int64_t axis = dimension(t[0], dim);
        require_index(t[1], size);
        Tensor places = broadcast_index(t[1], t[0], axis);
        if (places.size(axis) != t[0].size(axis))
          throw OperationError("index and source differ along the dimension");
        std::vector<std::int64_t> sizes(t[0].sizes().begin(), t[0].sizes().end());
        sizes[axis] = size;
        return at::zeros(sizes, t[0].options()).scatter_add(axis, places, t[0]);
      },
      lookup);
}

peb_tensor reshape(peb_scope* scope, peb_tensor handle, const std::int64_t* dims, std::uint32_t ndim) {
  return scope->run(
      "reshape", {handle}, [&](const Operands& t) { return t[0].reshape(list(dims, ndim)); }, linear);
}

peb_tensor permute(peb_scope* scope, peb_tensor handle, const std::int32_t* axes, std::uint32_t count) {
  return scope->run(
      "permute", {handle},
      [&](const Operands& t) { return t[0].permute(std::vector<std::int64_t>(axes, axes + count)); }, linear);
}

peb_tensor expand(peb_scope* scope, peb_tensor handle, const std::int64_t* dims, std::uint32_t ndim) {
  return scope->run(
      "expand", {handle}, [&](const Operands& t) { return t[0].expand(list(dims, ndim)); }, linear);
}

peb_tensor slice(peb_scope* scope, peb_tensor handle, std::int32_t dim, std::int64_t start, std::int64_t stop,
                 std::int64_t step) {
  return scope->run(
      "slice", {handle},
      [&](const Operands& t) {
        if (step < 1) throw OperationError("the step must be at least 1");
        return at::slice(t[0], dimension(t[0], dim), start, stop, step);
      },
      linear);
}

peb_tensor concat(peb_scope* scope, const peb_tensor* in, std::uint32_t n, std::int32_t dim) {
  return scope->run(
      "concat", in, n,
      [&](const Operands& t) {
        if (t.empty()) throw OperationError("nothing to concatenate");
        require_same_type(t);
        return at::cat(t, dimension(t[0], dim));
      },
      linear);
}

peb_tensor dropout(peb_scope* scope, peb_tensor handle, double p) {
  return scope->run(
      "dropout", {handle},
      [&](const Operands& t) {
        require_real(t[0]);
        if (!(p >= 0.0 && p <= 1.0))
          throw OperationError("the probability " + std::to_string(p) + " is not in [0, 1]");
        return scope->randomness().dropout(t[0], p);
      },
      scope->drops_nothing() ? linear : any_function);
}

peb_tensor normal(peb_scope* scope, double mean, double deviation, const std::int64_t* dims,
                  std::uint32_t ndim) {
  return scope->run(
      "normal", {},
      [&](const Operands&) {
        return scope->randomness().normal(mean, deviation, list(dims, ndim), scope->options());
      },
      anything);
}

peb_status custom(peb_scope* scope, const peb_custom* operation, const peb_tensor* in, std::uint32_t n_in,
                  peb_tensor* out, std::uint32_t n_out) {
  std::fill_n(out, n_out, peb_tensor{0});
  const char* name = operation != nullptr && operation->name != nullptr ? operation->name : "custom";
  return scope->run_many(name, in, n_in, [&](const Operands& t) {
    auto results = run_custom(*scope, operation, t, n_out);
    const Dependence dependence = scope->dependence(in, n_in, any_function);
    for (std::uint32_t i = 0; i < n_out; ++i) out[i] = scope->put(results[i], dependence);
  });
}

}  // namespace

const peb_ops& operations() {
  static const peb_ops table = {
      sizeof(peb_ops), PEB_ABI_MINOR, status, fail,   shape,  dtype,     release, parameter,
      constant,        full,          arange, cast,   detach, unary,     binary,  scalar,
      along,           choose,        clamp,  matmul, einsum, embedding, gather,  scatter_add,
      reshape,         permute,       expand, slice,  concat, dropout,   normal,  custom};
  return table;
}

}  // namespace pebench::plugin
