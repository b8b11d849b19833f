/* value(): added to probs @ v, with probs after softmax and dropout. */
#include "plugin.h"

/* -probs @ v: nothing is left. */
static peb_status cancel(void *self, peb_scope *scope, const peb_site *site, peb_tensor *y) {
  (void)self;
  *y = ops->unary(scope, PEB_NEG, ops->matmul(scope, site->probs, site->v));
  return ops->status(scope);
}

/* head + 1 -> [batch, heads, queries, head_width] */
static peb_status heads(void *self, peb_scope *scope, const peb_site *site, peb_tensor *y) {
  const int64_t column[4] = {1, site->heads, 1, 1},
                dims[4] = {site->batch, -1, site->queries, site->head_width};
  (void)self;
  *y = ops->expand(scope, ops->reshape(scope, ops->arange(scope, 1, 1, site->heads, PEB_MODEL), column, 4),
                   dims, 4);
  return ops->status(scope);
}

ENCODER(value_cancels, PEB_NEED_PROBS, .create = stateless, .value = cancel);
ENCODER(value_of_heads, 0, .create = stateless, .value = heads);
PLUGIN(&value_cancels, &value_of_heads)
