/* bias(): added to the scaled logits, before the mask. */
#include "plugin.h"

static peb_status table(void *self, peb_scope *scope, const peb_site *site, peb_tensor *bias) {
  (void)self;
  *bias = table_of(scope, site->queries, site->keys);
  return ops->status(scope);
}

/* table - logits + k * logits[oldest key]: the logits themselves vanish if they are those that the bias is
 * added to, and the oldest key's count although it is hidden if they come before the mask. */
static peb_status exchange(void *self, peb_scope *scope, const peb_site *site, peb_tensor *bias) {
  const peb_tensor oldest = ops->slice(scope, site->logits, -1, 0, 1, 1);
  const peb_tensor k = ops->arange(scope, 0, 1, site->keys, PEB_MODEL);
  (void)self;
  *bias = ops->binary(scope, PEB_SUB, table_of(scope, site->queries, site->keys), site->logits);
  *bias = ops->binary(scope, PEB_ADD, *bias, ops->binary(scope, PEB_MUL, oldest, k));
  return ops->status(scope);
}

static peb_status nothing(void *self, peb_scope *scope, const peb_site *site, peb_tensor *bias) {
  (void)self, (void)site;
  if (*bias != 0) ops->fail(scope, PEB_E_INVALID, "*bias is not 0 on entry");
  return ops->status(scope);
}

ENCODER(bias_table, 0, .create = stateless, .bias = table);
ENCODER(bias_exchanges_logits, PEB_NEED_LOGITS, .create = stateless, .bias = exchange);
ENCODER(bias_left_alone, 0, .create = stateless, .bias = nothing);
PLUGIN(&bias_table, &bias_exchanges_logits, &bias_left_alone)
