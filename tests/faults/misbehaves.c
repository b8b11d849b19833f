/* An encoder that loads, describes itself and trains as it should until its hook does what `behaviour` says;
 * tests/e2e/fault_test.cc says what is expected of each. */
#define _POSIX_C_SOURCE 200809L
#define PEB_PLUGIN_IMPL
#include <math.h>
#include <pebench/pebench.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* clang-format off */
#define BEHAVIOURS "segfault|abort|exit_0|exit_7|hang|allocate|print|fail|nan|shape|stale|late"
enum behaviour { SEGFAULT, ABORT, EXIT_0, EXIT_7, HANG, ALLOCATE, PRINT, FAIL, NOT_A_NUMBER, SHAPE, STALE, LATE };
/* clang-format on */

struct instance {
  enum behaviour behaviour;
  unsigned passes;
  peb_tensor kept;        /* of the first pass */
  int has_been_evaluated; /* so that the next training pass begins an epoch after the first */
};

static const peb_ops *ops;

static void allocate_without_end(void) {
  const size_t piece = (size_t)64 << 20;
  const struct timespec pause_between = {0, 20 * 1000 * 1000}; /* leaves the machine time to notice */
  for (;;) {
    void *memory = malloc(piece);
    if (memory != NULL) memset(memory, 1, piece); /* never freed */
    nanosleep(&pause_between, NULL);
  }
}

static void crash_after_an_evaluation(struct instance *self, uint32_t flags) {
  if ((flags & PEB_TRAINING) == 0)
    self->has_been_evaluated = 1;
  else if (self->has_been_evaluated)
    raise(SIGSEGV);
}

static peb_status begin(void *instance, peb_scope *scope) {
  struct instance *self = instance;
  ++self->passes;
  return ops->status(scope);
}

static peb_status input(void *instance, peb_scope *scope, const peb_sequence *sequence, peb_tensor *x) {
  struct instance *self = instance;
  switch (self->behaviour) {
    case SEGFAULT:
      *(volatile int *)8 = 1;
      break;
    case ABORT:
      abort();
    case EXIT_0:
      exit(0);
    case EXIT_7:
      exit(7);
    case HANG:
      for (;;) pause();
    case ALLOCATE:
      allocate_without_end();
      break;
    case PRINT:
      puts("{\"event\": \"failed\", \"status\": \"crashed\", \"reason\": \"said on stdout\"} \xff\x1b[2J");
      break;
    case FAIL:
      ops->fail(scope, PEB_E_UNSUPPORTED, "no sequences on a Sunday");
      break;
    case NOT_A_NUMBER:
      *x = ops->scalar(scope, PEB_MUL, *x, NAN);
      break;
    case SHAPE:
      *x = ops->slice(scope, *x, 2, 0, sequence->width - 1, 1);
      break;
    case STALE:
      if (self->passes == 1)
        self->kept = *x;
      else
        *x = ops->binary(scope, PEB_ADD, *x, self->kept);
      break;
    case LATE:
      crash_after_an_evaluation(self, sequence->flags);
      break;
  }
  return ops->status(scope);
}

static peb_status create(const peb_host *host, peb_build *build, const peb_config *config,
                         const peb_value *values, void **self) {
  struct instance *instance = calloc(1, sizeof *instance);
  (void)host, (void)build, (void)config;
  if (instance == NULL) return PEB_E_INTERNAL;
  instance->behaviour = (enum behaviour)values[0].num;
  *self = instance;
  return PEB_OK;
}

static const peb_option options[] = {{.key = "behaviour",
                                      .help = "What the hook does",
                                      .choices = BEHAVIOURS,
                                      .max = LATE,
                                      .kind = PEB_OPT_ENUM}};

#define ID "misbehaves"
#define BEGIN begin
#include "one_encoder.h"
