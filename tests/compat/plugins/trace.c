/* All hooks, in the order they are called in, as lines of the log. */
#include <stdio.h>

#include "plugin.h"

static const peb_host *host_of_log;

static void note(const char *hook, const char *what, uint32_t number, uint32_t flags, int64_t a, int64_t b,
                 int64_t c) {
  char line[128];
  snprintf(line, sizeof line, "%s %s %u%s%s [%d %d %d]", hook, what, number,
           flags & PEB_CAUSAL ? " causal" : "", flags & PEB_TRAINING ? " training" : "", (int)a, (int)b,
           (int)c);
  host_of_log->log(host_of_log, 1, line);
}

static peb_status create(const peb_host *host, peb_build *build, const peb_config *config,
                         const peb_value *values, void **self) {
  (void)build, (void)config, (void)values;
  host_of_log = host;
  *self = NULL;
  return PEB_OK;
}

static peb_status begin(void *self, peb_scope *scope) {
  (void)self;
  host_of_log->log(host_of_log, 1, "begin");
  return ops->status(scope);
}

static peb_status input(void *self, peb_scope *scope, const peb_sequence *s, peb_tensor *x) {
  (void)self, (void)x;
  note("input", s->role == PEB_CANDIDATES ? "candidates" : "profile", s->reserved, s->flags, s->batch,
       s->length, s->width);
  return ops->status(scope);
}

static void note_site(const char *hook, const peb_site *s) {
  note(hook, s->kind == PEB_CROSS ? "cross" : "self", s->layer, s->flags, s->heads, s->queries, s->keys);
}
static peb_status rotate(void *self, peb_scope *scope, const peb_site *site, peb_tensor *q, peb_tensor *k) {
  (void)self, (void)q, (void)k;
  note_site("rotate", site);
  return ops->status(scope);
}
#define HOOK(name)                                                                            \
  static peb_status name(void *self, peb_scope *scope, const peb_site *site, peb_tensor *y) { \
    (void)self, (void)y;                                                                      \
    note_site(#name, site);                                                                   \
    return ops->status(scope);                                                                \
  }
HOOK(bias)
HOOK(value)
HOOK(output)

ENCODER(trace, 0, .create = create, .begin = begin, .input = input, .rotate = rotate, .bias = bias,
        .value = value, .output = output);
PLUGIN(&trace)
