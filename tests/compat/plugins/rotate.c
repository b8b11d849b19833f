/* rotate(): q and k are exchanged for 2 q and -3 k before the logits, and later hooks see the new ones. */
#include "plugin.h"

static peb_status rotate(void *self, peb_scope *scope, const peb_site *site, peb_tensor *q, peb_tensor *k) {
  (void)self, (void)site;
  *q = ops->scalar(scope, PEB_MUL, *q, 2);
  *k = ops->scalar(scope, PEB_MUL, *k, -3);
  return ops->status(scope);
}

/* table - scale * q k^T: all that is left of the logits is the table, if q and k here are those the host
 * computes with. */
static peb_status cancel(void *self, peb_scope *scope, const peb_site *site, peb_tensor *bias) {
  (void)self;
  *bias =
      ops->binary(scope, PEB_SUB, table_of(scope, site->queries, site->keys), scaled_products(scope, site));
  return ops->status(scope);
}

ENCODER(rotate_alone, 0, .create = stateless, .rotate = rotate);
ENCODER(rotate_seen_later, 0, .create = stateless, .rotate = rotate, .bias = cancel);
PLUGIN(&rotate_alone, &rotate_seen_later)
