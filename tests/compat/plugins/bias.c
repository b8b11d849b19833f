/* bias(): added to the scaled logits, before the mask. */
#include "plugin.h"

static peb_status table(void *self, peb_scope *scope, const peb_site *site, peb_tensor *bias) {
  (void)self;
  *bias = table_of(scope, site->queries, site->keys);
  return ops->status(scope);
}

/* table - logits: all that is left is the table, if logits are those that the bias is added to. */
static peb_status cancel(void *self, peb_scope *scope, const peb_site *site, peb_tensor *bias) {
  (void)self;
  *bias = ops->binary(scope, PEB_SUB, table_of(scope, site->queries, site->keys), site->logits);
  return ops->status(scope);
}

static peb_status nothing(void *self, peb_scope *scope, const peb_site *site, peb_tensor *bias) {
  (void)self, (void)site;
  if (*bias != 0) ops->fail(scope, PEB_E_INVALID, "*bias is not 0 on entry");
  return ops->status(scope);
}

ENCODER(bias_table, 0, .create = stateless, .bias = table);
ENCODER(bias_cancels_logits, PEB_NEED_LOGITS, .create = stateless, .bias = cancel);
ENCODER(bias_left_alone, 0, .create = stateless, .bias = nothing);
PLUGIN(&bias_table, &bias_cancels_logits, &bias_left_alone)
