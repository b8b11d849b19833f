/* A plugin that cannot do without peb_site.query_hidden and key_hidden, which 1.1 added. */
#define MIN_MINOR 1
#include "plugin.h"

/* hidden [batch, length, d_model] -> [batch, heads, length, head_width] */
static peb_tensor heads_of(peb_scope *scope, const peb_site *site, peb_tensor hidden, int64_t length) {
  static const int32_t heads_first[4] = {0, 2, 1, 3};
  const int64_t dims[4] = {site->batch, length, site->heads, site->head_width};
  return ops->permute(scope, ops->reshape(scope, hidden, dims, 4), heads_first, 4);
}

/* table - the scaled products that hidden states alone would have: nothing but the table is left of the
 * logits of a model whose projections change nothing. */
static peb_status cancel(void *self, peb_scope *scope, const peb_site *site, peb_tensor *bias) {
  peb_site hidden = *site;
  (void)self;
  hidden.q = heads_of(scope, site, site->query_hidden, site->queries);
  hidden.k = heads_of(scope, site, site->key_hidden, site->keys);
  *bias = ops->binary(scope, PEB_SUB, table_of(scope, site->queries, site->keys),
                      scaled_products(scope, &hidden));
  return ops->status(scope);
}

ENCODER(hidden_needed, PEB_NEED_HIDDEN, .create = stateless, .bias = cancel);
PLUGIN(&hidden_needed)
