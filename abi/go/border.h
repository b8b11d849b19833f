/* Between the C functions that the host calls and those of Go, and the descriptors, which live outside Go's
 * memory. */
#ifndef PEBENCH_GO_BORDER_H
#define PEBENCH_GO_BORDER_H

#include <pebench/pebench.h>

/* create() of the ABI is given no descriptor, so that every encoder has a C function of its own. */
enum { peb_go_most_encoders = 16 };

/* Hooks that an encoder has. */
enum peb_go_hook {
  PEB_GO_BEGIN = 1,
  PEB_GO_INPUT = 2,
  PEB_GO_ROTATE = 4,
  PEB_GO_BIAS = 8,
  PEB_GO_VALUE = 16,
  PEB_GO_OUTPUT = 32
};

/* Describes encoder `which`, counted from 0. Keeps the texts and the options. */
void peb_go_describe(uint32_t which, uint32_t flags, const char *id, const char *name, const char *version,
                     const char *cite, const peb_option *options, uint32_t n_options, uint32_t hooks);

/* The plugin of the first n described encoders; NULL for a host that offers less than version 1.0. */
const peb_plugin *peb_go_plugin(const peb_host *host, uint32_t n_encoders);

peb_option *peb_go_new_options(uint32_t count);
void peb_go_set_option(peb_option *option, const char *key, const char *help, const char *choices,
                       const char *text, double initial, double min, double max, uint32_t kind);

/* An operation whose callbacks are given `user`; for free(). Keeps the name, for free() as well. */
peb_custom *peb_go_new_custom(const char *name, uintptr_t user);
void peb_go_free_custom(peb_custom *custom);

#endif
