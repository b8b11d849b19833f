#include "recording_host.h"

#include <dlfcn.h>

#include <sstream>
#include <stdexcept>

peb_tensor peb_scope::put(const std::string& name, std::vector<std::int64_t> shape) {
  names.push_back(name);
  shapes.push_back(std::move(shape));
  return names.size() - 1;
}

namespace pebench::abi_test {
namespace {

template <class Number>
std::string list(const Number* values, std::size_t count) {
  std::ostringstream text;
  text << '[';
  for (std::size_t i = 0; i < count; ++i) text << (i == 0 ? "" : " ") << values[i];
  text << ']';
  return text.str();
}

std::string list(peb_scope* scope, const peb_tensor* handles, std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(scope->names.at(handles[i]));
  return list(names.data(), names.size());
}

/// A word of a line: a handle by its name, anything else as it prints.
struct Handle {
  peb_tensor value;
};
void write(std::ostringstream& line, peb_scope* scope, Handle handle) {
  line << scope->names.at(handle.value);
}
template <class Word>
void write(std::ostringstream& line, peb_scope*, const Word& word) {
  line << word;
}

template <class... Word>
peb_tensor record(peb_scope* scope, const char* operation, const Word&... words) {
  if (scope->status != PEB_OK) return 0;
  std::ostringstream line;
  line << operation;
  ((line << ' ', write(line, scope, words)), ...);
  scope->record.push_back(line.str());
  return scope->put("#" + std::to_string(scope->record.size()), {});
}

peb_status status(peb_scope* scope) { return scope->status; }
void fail(peb_scope* scope, peb_status status, const char* message) {
  if (scope->status != PEB_OK) return;
  scope->status = status;
  scope->message = message;
}
uint32_t shape(peb_scope* scope, peb_tensor t, int64_t* dims, uint32_t capacity) {
  if (t == 0 || scope->status != PEB_OK) return 0;
  const auto& sizes = scope->shapes.at(t);
  for (std::size_t i = 0; i < sizes.size() && i < capacity; ++i) dims[i] = sizes[i];
  return static_cast<uint32_t>(sizes.size());
}
uint32_t dtype(peb_scope*, peb_tensor t) { return t == 0 ? 0 : PEB_F32; }
void release(peb_scope* scope, peb_tensor t) { record(scope, "release", Handle{t}); }
peb_tensor parameter(peb_scope* scope, peb_param p) { return record(scope, "parameter", p); }
peb_tensor constant(peb_scope* scope, const double* values, const int64_t* dims, uint32_t n, uint32_t type) {
  std::size_t count = 1;
  for (uint32_t i = 0; i < n; ++i) count *= static_cast<std::size_t>(dims[i]);
  return record(scope, "constant", list(values, count), list(dims, n), type);
}
peb_tensor full(peb_scope* scope, double value, const int64_t* dims, uint32_t n, uint32_t type) {
  return record(scope, "full", value, list(dims, n), type);
}
peb_tensor arange(peb_scope* scope, double start, double step, int64_t count, uint32_t type) {
  return record(scope, "arange", start, step, count, type);
}
peb_tensor cast(peb_scope* scope, peb_tensor t, uint32_t type) {
  return record(scope, "cast", Handle{t}, type);
}
peb_tensor detach(peb_scope* scope, peb_tensor t) { return record(scope, "detach", Handle{t}); }
peb_tensor unary(peb_scope* scope, uint32_t op, peb_tensor t) {
  return record(scope, "unary", op, Handle{t});
}
peb_tensor binary(peb_scope* scope, uint32_t op, peb_tensor a, peb_tensor b) {
  return record(scope, "binary", op, Handle{a}, Handle{b});
}
peb_tensor scalar(peb_scope* scope, uint32_t op, peb_tensor t, double value) {
  return record(scope, "scalar", op, Handle{t}, value);
}
peb_tensor along(peb_scope* scope, uint32_t op, peb_tensor t, int32_t dim) {
  return record(scope, "along", op, Handle{t}, dim);
}
peb_tensor choose(peb_scope* scope, peb_tensor condition, peb_tensor a, peb_tensor b) {
  return record(scope, "choose", Handle{condition}, Handle{a}, Handle{b});
}
peb_tensor clamp(peb_scope* scope, peb_tensor t, double low, double high) {
  return record(scope, "clamp", Handle{t}, low, high);
}
peb_tensor matmul(peb_scope* scope, peb_tensor a, peb_tensor b) {
  return record(scope, "matmul", Handle{a}, Handle{b});
}
peb_tensor einsum(peb_scope* scope, const char* spec, const peb_tensor* in, uint32_t n) {
  return record(scope, "einsum", spec, list(scope, in, n));
}
peb_tensor embedding(peb_scope* scope, peb_tensor table, peb_tensor index) {
  return record(scope, "embedding", Handle{table}, Handle{index});
}
peb_tensor gather(peb_scope* scope, peb_tensor t, int32_t dim, peb_tensor index) {
  return record(scope, "gather", Handle{t}, dim, Handle{index});
}
peb_tensor scatter_add(peb_scope* scope, peb_tensor source, int32_t dim, peb_tensor index, int64_t size) {
  return record(scope, "scatter_add", Handle{source}, dim, Handle{index}, size);
}
peb_tensor reshape(peb_scope* scope, peb_tensor t, const int64_t* dims, uint32_t n) {
  const peb_tensor result = record(scope, "reshape", Handle{t}, list(dims, n));
  if (result != 0) scope->shapes.back().assign(dims, dims + n);
  return result;
}
peb_tensor permute(peb_scope* scope, peb_tensor t, const int32_t* axes, uint32_t n) {
  return record(scope, "permute", Handle{t}, list(axes, n));
}
peb_tensor expand(peb_scope* scope, peb_tensor t, const int64_t* dims, uint32_t n) {
  return record(scope, "expand", Handle{t}, list(dims, n));
}
peb_tensor slice(peb_scope* scope, peb_tensor t, int32_t dim, int64_t start, int64_t stop, int64_t step) {
  return record(scope, "slice", Handle{t}, dim, start, stop, step);
}
peb_tensor concat(peb_scope* scope, const peb_tensor* in, uint32_t n, int32_t dim) {
  return record(scope, "concat", list(scope, in, n), dim);
}
peb_tensor dropout(peb_scope* scope, peb_tensor t, double p) {
  return record(scope, "dropout", Handle{t}, p);
}
peb_tensor normal(peb_scope* scope, double mean, double deviation, const int64_t* dims, uint32_t n) {
  return record(scope, "normal", mean, deviation, list(dims, n));
}

/// Calls infer, forward and backward at once, each on two float64 numbers per view, and records what came
/// out.
peb_status custom(peb_scope* scope, const peb_custom* operation, const peb_tensor* in, uint32_t n_in,
                  peb_tensor* out, uint32_t n_out) {
  struct Memory {
    double values[2] = {3.0, 5.0};
    int64_t shape[8] = {2}, strides[8] = {1};
  };
  const auto views = [](std::vector<Memory>& memory) {
    std::vector<peb_view> result;
    for (Memory& m : memory) result.push_back({m.values, 1, 0, 1, 2, 64, 1, m.shape, m.strides, 0});
    return result;
  };
  std::vector<Memory> given(n_in), made(n_out), gradient_out(n_out), gradient_in(n_in);
  const auto in_views = views(given), gradient_out_views = views(gradient_out);
  auto out_views = views(made), gradient_in_views = views(gradient_in);
  peb_status code = operation->infer(operation->user, scope, in_views.data(), n_in, out_views.data(), n_out);
  if (code == PEB_OK)
    code =
        operation->forward(operation->user, scope, in_views.data(), n_in, out_views.data(), n_out, nullptr);
  if (code == PEB_OK)
    code = operation->backward(operation->user, scope, in_views.data(), n_in, out_views.data(),
                               gradient_out_views.data(), n_out, gradient_in_views.data(), nullptr);
  if (code != PEB_OK) return code;
  for (uint32_t i = 0; i < n_out; ++i) {
    out[i] = record(scope, operation->name, list(scope, in, n_in), list(made[i].values, 2),
                    list(gradient_in[0].values, 2));
  }
  return PEB_OK;
}

const peb_ops kOps = {sizeof(peb_ops), PEB_ABI_MINOR, status, fail,   shape,  dtype,     release, parameter,
                      constant,        full,          arange, cast,   detach, unary,     binary,  scalar,
                      along,           choose,        clamp,  matmul, einsum, embedding, gather,  scatter_add,
                      reshape,         permute,       expand, slice,  concat, dropout,   normal,  custom};

peb_param declare(peb_build* build, const peb_param_desc* d) {
  if (build->refuses) return 0;
  std::ostringstream line;
  line << d->name << ' ' << list(d->dims, d->ndim) << ' ' << d->init << ' ' << d->a << ' ' << d->b << ' '
       << d->flags;
  if (d->data != nullptr) line << ' ' << d->data[0];
  build->declared.push_back(line.str());
  return static_cast<peb_param>(build->declared.size());
}

void log(const peb_host*, uint32_t level, const char* message) {
  log_lines().push_back(std::to_string(level) + " " + message);
}

const void* extension(const peb_host*, const char*) { return nullptr; }

}  // namespace

peb_host recording_host() {
  return {sizeof(peb_host), PEB_ABI_MINOR, "recording", "1", &kOps, declare, log, extension};
}

std::vector<std::string>& log_lines() {
  static std::vector<std::string> lines;
  return lines;
}

Entry entry_of(const std::string& library) {
  void* handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr) throw std::runtime_error(dlerror());
  return reinterpret_cast<Entry>(dlsym(handle, "peb_plugin_v1"));
}

}  // namespace pebench::abi_test
