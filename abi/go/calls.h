/* Go calls no pointers to C functions: every operation of the host as a function. */
#ifndef PEBENCH_GO_CALLS_H
#define PEBENCH_GO_CALLS_H

#include <pebench/pebench.h>

static inline void peb_call_fail(const peb_ops *ops, peb_scope *scope, peb_status status,
                                 const char *message) {
  ops->fail(scope, status, message);
}
static inline void peb_call_release(const peb_ops *ops, peb_scope *scope, peb_tensor t) {
  ops->release(scope, t);
}
static inline peb_status peb_call_status(const peb_ops *ops, peb_scope *scope) { return ops->status(scope); }
static inline uint32_t peb_call_dtype(const peb_ops *ops, peb_scope *scope, peb_tensor t) {
  return ops->dtype(scope, t);
}
static inline uint32_t peb_call_shape(const peb_ops *ops, peb_scope *scope, peb_tensor t, int64_t *dims,
                                      uint32_t capacity) {
  return ops->shape(scope, t, dims, capacity);
}
static inline peb_tensor peb_call_parameter(const peb_ops *ops, peb_scope *scope, peb_param p) {
  return ops->parameter(scope, p);
}
static inline peb_tensor peb_call_constant(const peb_ops *ops, peb_scope *scope, const double *values,
                                           const int64_t *dims, uint32_t ndim, uint32_t dtype) {
  return ops->constant(scope, values, dims, ndim, dtype);
}
static inline peb_tensor peb_call_full(const peb_ops *ops, peb_scope *scope, double value,
                                       const int64_t *dims, uint32_t ndim, uint32_t dtype) {
  return ops->full(scope, value, dims, ndim, dtype);
}
static inline peb_tensor peb_call_arange(const peb_ops *ops, peb_scope *scope, double start, double step,
                                         int64_t count, uint32_t dtype) {
  return ops->arange(scope, start, step, count, dtype);
}
static inline peb_tensor peb_call_cast(const peb_ops *ops, peb_scope *scope, peb_tensor t, uint32_t dtype) {
  return ops->cast(scope, t, dtype);
}
static inline peb_tensor peb_call_detach(const peb_ops *ops, peb_scope *scope, peb_tensor t) {
  return ops->detach(scope, t);
}
static inline peb_tensor peb_call_unary(const peb_ops *ops, peb_scope *scope, uint32_t op, peb_tensor t) {
  return ops->unary(scope, op, t);
}
static inline peb_tensor peb_call_binary(const peb_ops *ops, peb_scope *scope, uint32_t op, peb_tensor a,
                                         peb_tensor b) {
  return ops->binary(scope, op, a, b);
}
static inline peb_tensor peb_call_scalar(const peb_ops *ops, peb_scope *scope, uint32_t op, peb_tensor t,
                                         double value) {
  return ops->scalar(scope, op, t, value);
}
static inline peb_tensor peb_call_along(const peb_ops *ops, peb_scope *scope, uint32_t op, peb_tensor t,
                                        int32_t dim) {
  return ops->along(scope, op, t, dim);
}
static inline peb_tensor peb_call_choose(const peb_ops *ops, peb_scope *scope, peb_tensor condition,
                                         peb_tensor a, peb_tensor b) {
  return ops->choose(scope, condition, a, b);
}
static inline peb_tensor peb_call_clamp(const peb_ops *ops, peb_scope *scope, peb_tensor t, double low,
                                        double high) {
  return ops->clamp(scope, t, low, high);
}
static inline peb_tensor peb_call_matmul(const peb_ops *ops, peb_scope *scope, peb_tensor a, peb_tensor b) {
  return ops->matmul(scope, a, b);
}
static inline peb_tensor peb_call_einsum(const peb_ops *ops, peb_scope *scope, const char *spec,
                                         const peb_tensor *in, uint32_t n) {
  return ops->einsum(scope, spec, in, n);
}
static inline peb_tensor peb_call_embedding(const peb_ops *ops, peb_scope *scope, peb_tensor table,
                                            peb_tensor index) {
  return ops->embedding(scope, table, index);
}
static inline peb_tensor peb_call_gather(const peb_ops *ops, peb_scope *scope, peb_tensor t, int32_t dim,
                                         peb_tensor index) {
  return ops->gather(scope, t, dim, index);
}
static inline peb_tensor peb_call_scatter_add(const peb_ops *ops, peb_scope *scope, peb_tensor source,
                                              int32_t dim, peb_tensor index, int64_t size) {
  return ops->scatter_add(scope, source, dim, index, size);
}
static inline peb_tensor peb_call_reshape(const peb_ops *ops, peb_scope *scope, peb_tensor t,
                                          const int64_t *dims, uint32_t ndim) {
  return ops->reshape(scope, t, dims, ndim);
}
static inline peb_tensor peb_call_permute(const peb_ops *ops, peb_scope *scope, peb_tensor t,
                                          const int32_t *axes, uint32_t naxes) {
  return ops->permute(scope, t, axes, naxes);
}
static inline peb_tensor peb_call_expand(const peb_ops *ops, peb_scope *scope, peb_tensor t,
                                         const int64_t *dims, uint32_t ndim) {
  return ops->expand(scope, t, dims, ndim);
}
static inline peb_tensor peb_call_slice(const peb_ops *ops, peb_scope *scope, peb_tensor t, int32_t dim,
                                        int64_t start, int64_t stop, int64_t step) {
  return ops->slice(scope, t, dim, start, stop, step);
}
static inline peb_tensor peb_call_concat(const peb_ops *ops, peb_scope *scope, const peb_tensor *in,
                                         uint32_t n, int32_t dim) {
  return ops->concat(scope, in, n, dim);
}
static inline peb_tensor peb_call_dropout(const peb_ops *ops, peb_scope *scope, peb_tensor t, double p) {
  return ops->dropout(scope, t, p);
}
static inline peb_tensor peb_call_normal(const peb_ops *ops, peb_scope *scope, double mean, double deviation,
                                         const int64_t *dims, uint32_t ndim) {
  return ops->normal(scope, mean, deviation, dims, ndim);
}
static inline peb_status peb_call_custom(const peb_ops *ops, peb_scope *scope, const peb_custom *custom,
                                         const peb_tensor *in, uint32_t n_in, peb_tensor *out,
                                         uint32_t n_out) {
  return ops->custom(scope, custom, in, n_in, out, n_out);
}

static inline peb_param peb_call_declare(const peb_host *host, peb_build *build, uint32_t flags,
                                         const char *name, const int64_t *dims, uint32_t ndim, uint32_t init,
                                         double a, double b, const double *data) {
  const peb_param_desc description = {sizeof(peb_param_desc), flags, name, dims, data, a, b, ndim, init};
  return host->declare(build, &description);
}
static inline void peb_call_log(const peb_host *host, uint32_t level, const char *message) {
  host->log(host, level, message);
}

#endif
