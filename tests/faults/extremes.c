/* An encoder whose option admits values that its arithmetic does not survive. */
#define PEB_PLUGIN_IMPL
#include <pebench/pebench.h>
#include <stdlib.h>

static const peb_ops *ops;

struct instance {
  double base;
};

/* x + 1/base: infinite at the lower end of the range */
static peb_status input(void *instance, peb_scope *scope, const peb_sequence *sequence, peb_tensor *x) {
  struct instance *self = instance;
  (void)sequence;
  *x = ops->scalar(scope, PEB_ADD, *x, 1.0 / self->base);
  return ops->status(scope);
}

static peb_status create(const peb_host *host, peb_build *build, const peb_config *config,
                         const peb_value *values, void **self) {
  struct instance *instance = calloc(1, sizeof *instance);
  (void)host, (void)build, (void)config;
  if (instance == NULL) return PEB_E_INTERNAL;
  instance->base = values[0].num;
  *self = instance;
  return PEB_OK;
}

static const peb_option options[] = {
    {.key = "base", .help = "Divides one", .def = 1, .min = 0, .max = 10, .kind = PEB_OPT_REAL}};

#define ID "extremes"
#include "one_encoder.h"
