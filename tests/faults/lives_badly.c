/* An encoder that keeps to the contract but for the point that `fault` names; tests/check says which check
 * catches each. */
#define _POSIX_C_SOURCE 200809L
#define PEB_PLUGIN_IMPL
#include <fcntl.h>
#include <pebench/pebench.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* clang-format off */
#define FAULTS "none|ignores_declaration|returns_ok|divides_by_shape|waits_for_shape|leaks_memory|leaks_descriptors|" \
               "leaks_threads|keeps_handle|counts_calls|shares_state|several_heads|even_width|exits_badly"
enum fault { NONE, IGNORES_DECLARATION, RETURNS_OK, DIVIDES_BY_SHAPE, WAITS_FOR_SHAPE, LEAKS_MEMORY, LEAKS_DESCRIPTORS,
             LEAKS_THREADS, KEEPS_HANDLE, COUNTS_CALLS, SHARES_STATE, SEVERAL_HEADS, EVEN_WIDTH, EXITS_BADLY };
/* clang-format on */

struct instance {
  enum fault fault;
  peb_param table; /* [d_model] */
  peb_tensor kept; /* of the first pass */
  double calls;
};

static const peb_ops *ops;
static int64_t width_of_the_newest;

static void *sleep_for_ever(void *unused) {
  (void)unused;
  for (;;) pause();
}

/* Once in ten instances, or the limits of the system would end the check. */
static void leak(enum fault fault) {
  static unsigned instances;
  pthread_t thread;
  if (fault == LEAKS_MEMORY) {
    void *memory = malloc(64);
    if (memory != NULL) memset(memory, 1, 64);
  }
  if (++instances % 10 != 0) return;
  if (fault == LEAKS_DESCRIPTORS && open("/dev/null", O_RDONLY) < 0) abort();
  if (fault == LEAKS_THREADS && pthread_create(&thread, NULL, sleep_for_ever, NULL) != 0) abort();
}

/* What makes the encoder's sum of every call: the parameter, and what the fault adds to it. */
static peb_tensor addend(struct instance *self, peb_scope *scope, peb_tensor x) {
  const int64_t shared[] = {width_of_the_newest};
  int64_t sizes[3] = {0, 0, 0};
  peb_tensor table = ops->parameter(scope, self->table);
  switch (self->fault) {
    case DIVIDES_BY_SHAPE:
      ops->shape(scope, x, sizes, 3);
      return ops->scalar(scope, PEB_DIV, table, (double)(12 / sizes[0]));
    case WAITS_FOR_SHAPE:
      while (ops->shape(scope, x, sizes, 3) != 3) pause();
      return table;
    case KEEPS_HANDLE:
      if (self->kept == 0) self->kept = table;
      return self->kept;
    case COUNTS_CALLS:
      return ops->scalar(scope, PEB_ADD, table, self->calls++);
    case SHARES_STATE:
      return ops->full(scope, 1.0, shared, 1, PEB_MODEL);
    default:
      return table;
  }
}

static peb_status input(void *instance, peb_scope *scope, const peb_sequence *sequence, peb_tensor *x) {
  struct instance *self = instance;
  (void)sequence;
  *x = ops->binary(scope, PEB_ADD, *x, addend(self, scope, *x));
  return self->fault == RETURNS_OK ? PEB_OK : ops->status(scope);
}

static void die(void) { abort(); }

static peb_status create(const peb_host *host, peb_build *build, const peb_config *config,
                         const peb_value *values, void **self) {
  const enum fault fault = (enum fault)values[0].num;
  const int64_t dims[] = {config->d_model};
  const peb_param_desc table = {.struct_size = sizeof table,
                                .name = "table",
                                .dims = dims,
                                .b = 1.0,
                                .ndim = 1,
                                .init = PEB_INIT_NORMAL};
  struct instance *instance = NULL;
  if (fault == SEVERAL_HEADS && config->n_heads == 1) return PEB_E_INTERNAL;
  if (fault == EVEN_WIDTH && config->d_head % 2 != 0) return PEB_E_INTERNAL;
  instance = calloc(1, sizeof *instance);
  if (instance == NULL) return PEB_E_INTERNAL;
  instance->fault = fault;
  width_of_the_newest = config->d_model;
  instance->table = host->declare(build, &table);
  if (instance->table == 0 && fault != IGNORES_DECLARATION) {
    free(instance);
    return PEB_E_INTERNAL;
  }
  leak(fault);
  if (fault == EXITS_BADLY) atexit(die);
  *self = instance;
  return PEB_OK;
}

static const peb_option options[] = {
    {.key = "fault", .help = "What is wrong", .choices = FAULTS, .max = EXITS_BADLY, .kind = PEB_OPT_ENUM}};

#define ID "lives_badly"
#include "one_encoder.h"
