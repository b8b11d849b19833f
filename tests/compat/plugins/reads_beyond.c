/* The mistake that the hosts of these tests are built to catch: it reads a site as if every host gave as much
 * as the newest one. It counts on one member more than the header has. */
#include "plugin.h"

static peb_status bias(void *self, peb_scope *scope, const peb_site *site, peb_tensor *bias_out) {
  const volatile peb_tensor *beyond = (const volatile peb_tensor *)(site + 1);
  (void)self;
  *bias_out = *beyond;
  return ops->status(scope);
}

ENCODER(reads_beyond, 0, .create = stateless, .bias = bias);
PLUGIN(&reads_beyond)
