/* A plugin of a next minor version that uses what is new where the host has it, and does without elsewhere: x
 * -> 2 x. */
#include "plugin.h"

static peb_status input(void *self, peb_scope *scope, const peb_sequence *sequence, peb_tensor *x) {
  (void)self;
#ifdef PEB_NEXT_MINOR
  if (PEB_HAS(ops, peb_ops, in_next_minor)) {
    if (!PEB_HAS(sequence, peb_sequence, in_next_minor))
      ops->fail(scope, PEB_E_INVALID, "the host is of two versions");
    *x = ops->in_next_minor(scope, *x);
    return ops->status(scope);
  }
#endif
  (void)sequence;
  *x = ops->scalar(scope, PEB_MUL, *x, 2);
  return ops->status(scope);
}

ENCODER(uses_newer, PEB_IS_AFFINE_INPUT, .create = stateless, .input = input);
PLUGIN(&uses_newer)
