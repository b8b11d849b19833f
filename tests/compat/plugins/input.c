/* input(): what a sequence shows, and what the host does with the result. */
#include "plugin.h"

/* I64 [1 or batch, length] -> [batch, length, width] of the model's type */
static peb_tensor spread(peb_scope *scope, const peb_sequence *sequence, peb_tensor values) {
  int64_t dims[3] = {0, 0, 1};
  const int64_t full[3] = {sequence->batch, sequence->length, sequence->width};
  ops->shape(scope, values, dims, 2);
  return ops->expand(scope, ops->reshape(scope, ops->cast(scope, values, PEB_MODEL), dims, 3), full, 3);
}

/* 7 everywhere, at padding too: the host applies the mask again. */
static peb_status constant(void *self, peb_scope *scope, const peb_sequence *sequence, peb_tensor *x) {
  const int64_t dims[3] = {sequence->batch, sequence->length, sequence->width};
  (void)self;
  *x = ops->full(scope, 7, dims, 3, PEB_MODEL);
  return ops->status(scope);
}

static peb_status position(void *self, peb_scope *scope, const peb_sequence *sequence, peb_tensor *x) {
  (void)self;
  *x = spread(scope, sequence, sequence->position);
  return ops->status(scope);
}

static peb_status time(void *self, peb_scope *scope, const peb_sequence *sequence, peb_tensor *x) {
  (void)self;
  if (ops->dtype(scope, sequence->time) != PEB_I64) ops->fail(scope, PEB_E_INVALID, "time is not I64");
  *x = spread(scope, sequence, sequence->time);
  return ops->status(scope);
}

ENCODER(input_constant, 0, .create = stateless, .input = constant);
ENCODER(input_position, 0, .create = stateless, .input = position);
ENCODER(input_position_folded, PEB_IS_AFFINE_INPUT, .create = stateless, .input = position);
ENCODER(input_time, PEB_NEED_TIME, .create = stateless, .input = time);
PLUGIN(&input_constant, &input_position, &input_position_folded, &input_time)
