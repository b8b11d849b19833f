/* Every operation and every code of version 1.0, on numbers whose results are known: meaning_test.cc has the
 * list. */
#include <math.h>

#include "plugin.h"

enum { kMost = 64 };

typedef struct results {
  peb_scope *scope;
  peb_tensor all[kMost];
  uint32_t count;
} results;

/* Any shape, any type -> flat, in the model's type, behind those before it. */
static void add(results *to, peb_tensor tensor) {
  const int64_t flat = -1;
  if (to->count == kMost) abort();
  to->all[to->count++] = ops->cast(to->scope, ops->reshape(to->scope, tensor, &flat, 1), PEB_MODEL);
}

static peb_tensor vector(peb_scope *scope, double first, double second, uint32_t dtype) {
  const double values[2] = {first, second};
  const int64_t count = 2;
  return ops->constant(scope, values, &count, 1, dtype);
}

static peb_tensor matrix(peb_scope *scope) { /* [[1, 5, 2], [4, 0, 3]] */
  static const double values[6] = {1, 5, 2, 4, 0, 3};
  static const int64_t dims[2] = {2, 3};
  return ops->constant(scope, values, dims, 2, PEB_MODEL);
}

static void add_number(results *to, double number) {
  const int64_t one = 1;
  add(to, ops->full(to->scope, number, &one, 1, PEB_F64));
}

static void elementwise(results *to) {
  peb_scope *s = to->scope;
  for (uint32_t code = PEB_NEG; code <= PEB_SIGN; ++code)
    add(to, ops->unary(s, code, vector(s, 0.7, 1.6, PEB_MODEL)));
  add(to, ops->unary(s, PEB_ABS, vector(s, -3, 4, PEB_I64)));
  add(to, ops->unary(s, PEB_RELU, vector(s, -0.7, 0.7, PEB_MODEL)));
  add(to, ops->unary(s, PEB_FLOOR, vector(s, -0.7, -1.6, PEB_MODEL)));
  add(to, ops->unary(s, PEB_SIGN, vector(s, -0.7, 0, PEB_MODEL)));
  for (uint32_t code = PEB_ADD; code <= PEB_EQ; ++code)
    add(to, ops->binary(s, code, vector(s, 1.5, 3, PEB_MODEL), vector(s, 2, 3, PEB_MODEL)));
  add(to, ops->binary(s, PEB_DIV, vector(s, -7, 7, PEB_I64), vector(s, 2, 2, PEB_I64)));
  add(to, ops->scalar(s, PEB_SUB, vector(s, 1.5, 3, PEB_MODEL), 0.25));
  add(to, ops->scalar(s, PEB_DIV, vector(s, -7, 7, PEB_I64), 2));
  add(to, ops->choose(s, vector(s, 0, 1, PEB_BOOL), vector(s, 1, 2, PEB_MODEL), vector(s, 3, 4, PEB_MODEL)));
  add(to, ops->clamp(s, vector(s, -9, 9, PEB_MODEL), -1, 2));
  add(to, ops->clamp(s, vector(s, -9, 9, PEB_I64), -INFINITY, 5));
  add(to, ops->clamp(s, vector(s, -9, 9, PEB_I64), -5, INFINITY));
  add(to, ops->cast(s, vector(s, -1.7, 1.7, PEB_MODEL), PEB_I64));
  add(to, ops->detach(s, vector(s, 5, 6, PEB_MODEL)));
}

static void shaped(results *to) {
  peb_scope *s = to->scope;
  const int64_t turned[2] = {3, -1}, wide[3] = {2, -1, 3};
  const int32_t axes[2] = {1, -2};
  peb_tensor pair[2];
  for (uint32_t code = PEB_SUM; code <= PEB_SOFTMAX; ++code) add(to, ops->along(s, code, matrix(s), 1));
  add(to, ops->along(s, PEB_SUM, matrix(s), -2));
  add(to, ops->matmul(s, matrix(s), ops->permute(s, matrix(s), axes, 2)));
  pair[0] = pair[1] = matrix(s);
  add(to, ops->einsum(s, "ij,kj->ki", pair, 2));
  add(to, ops->embedding(s, matrix(s), vector(s, 1, 0, PEB_I64)));
  add(to, ops->gather(s, matrix(s), -1, vector(s, 2, 0, PEB_I64)));
  add(to, ops->scatter_add(s, matrix(s), 0,
                           ops->reshape(s, vector(s, 1, 1, PEB_I64), (const int64_t[]){2, 1}, 2), 2));
  add(to, ops->permute(s, ops->reshape(s, matrix(s), turned, 2), axes, 2));
  add(to, ops->expand(s, ops->reshape(s, ops->arange(s, 3, -1, 3, PEB_MODEL), (const int64_t[]){1, 3}, 2),
                      wide, 3));
  add(to, ops->slice(s, matrix(s), 1, -3, 3, 2));
  add(to, ops->concat(s, pair, 2, 0));
}

static void types(results *to) {
  int64_t dims[2] = {0, 0};
  const int64_t one = 1;
  for (uint32_t dtype = PEB_F16; dtype <= PEB_MODEL; ++dtype)
    add_number(to, ops->dtype(to->scope, ops->full(to->scope, 1, &one, 1, dtype)));
  add_number(to, ops->shape(to->scope, matrix(to->scope), dims, 1));
  add_number(to, (double)dims[0]);
  add_number(to, (double)dims[1]);
  ops->release(to->scope, matrix(to->scope));
}

/* The results as the columns of every row of x, as many as it has. */
static peb_status input(void *self, peb_scope *scope, const peb_sequence *sequence, peb_tensor *x) {
  const int64_t row[3] = {1, 1, sequence->width}, dims[3] = {sequence->batch, sequence->length, -1};
  results to = {scope, {0}, 0};
  (void)self;
  elementwise(&to);
  shaped(&to);
  types(&to);
  *x = ops->slice(scope, ops->concat(scope, to.all, to.count, 0), 0, 0, sequence->width, 1);
  *x = ops->expand(scope, ops->reshape(scope, *x, row, 3), dims, 3);
  return ops->status(scope);
}

/* The largest of each row, in all its columns. */
static peb_status largest(void *self, peb_scope *scope, const peb_sequence *sequence, peb_tensor *x) {
  const int64_t dims[3] = {-1, -1, sequence->width};
  (void)self;
  *x = ops->expand(scope, ops->along(scope, PEB_AMAX, *x, -1), dims, 3);
  return ops->status(scope);
}

static peb_status drop(void *self, peb_scope *scope, const peb_sequence *sequence, peb_tensor *x) {
  (void)self, (void)sequence;
  *x = ops->dropout(scope, *x, 0.25);
  return ops->status(scope);
}

static peb_status noise(void *self, peb_scope *scope, const peb_sequence *sequence, peb_tensor *x) {
  const int64_t dims[3] = {sequence->batch, sequence->length, sequence->width};
  (void)self;
  *x = ops->normal(scope, 3, 0.5, dims, 3);
  return ops->status(scope);
}

static peb_status outside(void *self, peb_scope *scope, const peb_sequence *sequence, peb_tensor *x) {
  (void)self, (void)sequence;
  ops->embedding(scope, matrix(scope), vector(scope, 0, 2, PEB_I64));
  ops->fail(scope, PEB_E_UNSUPPORTED, "a second error, which is not reported");
  *x = ops->unary(scope, PEB_NEG, *x);
  return *x == 0 && ops->status(scope) == PEB_E_INVALID ? PEB_OK : PEB_E_INTERNAL;
}

static peb_status unknown_code(void *self, peb_scope *scope, const peb_sequence *sequence, peb_tensor *x) {
  (void)self, (void)sequence;
  *x = ops->unary(scope, 1000, *x);
  return ops->status(scope);
}

ENCODER(operations, 0, .create = stateless, .input = input);
ENCODER(operations_amax, 1u << 31 /* a flag that nobody knows: ignored */, .create = stateless,
        .input = largest);
ENCODER(operations_dropout, 0, .create = stateless, .input = drop);
ENCODER(operations_normal, 0, .create = stateless, .input = noise);
ENCODER(operations_index_outside, 0, .create = stateless, .input = outside);
ENCODER(operations_unknown_code, 0, .create = stateless, .input = unknown_code);
PLUGIN(&operations, &operations_amax, &operations_dropout, &operations_normal, &operations_index_outside,
       &operations_unknown_code)
