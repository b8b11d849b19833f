/* Built with 1.1, and at home under every host: looks at hidden states where there are any. The numbers are
 * the same with and without. */
#include "plugin.h"

static void require_dims(peb_scope *scope, peb_tensor hidden, int64_t batch, int64_t length, int64_t width) {
  int64_t dims[3] = {0, 0, 0};
  if (ops->shape(scope, hidden, dims, 3) != 3 || dims[0] != batch || dims[1] != length || dims[2] != width)
    ops->fail(scope, PEB_E_INVALID, "hidden states are not [batch, queries or keys, d_model]");
}

static peb_status bias(void *self, peb_scope *scope, const peb_site *site, peb_tensor *bias) {
  (void)self;
  if (PEB_HAS(site, peb_site, key_hidden)) {
    const int64_t width = site->heads * site->head_width;
    require_dims(scope, site->query_hidden, site->batch, site->queries, width);
    require_dims(scope, site->key_hidden, site->batch, site->keys, width);
  }
  *bias = table_of(scope, site->queries, site->keys);
  return ops->status(scope);
}

/* Without the flag there are none, whatever the host is. */
static peb_status unasked(void *self, peb_scope *scope, const peb_site *site, peb_tensor *bias) {
  (void)self;
  if (PEB_HAS(site, peb_site, key_hidden) && (site->query_hidden != 0 || site->key_hidden != 0))
    ops->fail(scope, PEB_E_INVALID, "hidden states without PEB_NEED_HIDDEN");
  *bias = table_of(scope, site->queries, site->keys);
  return ops->status(scope);
}

ENCODER(hidden_where_there, PEB_NEED_HIDDEN, .create = stateless, .bias = bias);
ENCODER(hidden_not_asked_for, 0, .create = stateless, .bias = unasked);
PLUGIN(&hidden_where_there, &hidden_not_asked_for)
