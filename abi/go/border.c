#include "border.h"

#include <stdlib.h>
#include <string.h>

#include "_cgo_export.h"

/* Copies a struct of the host into one of this library's size; members that the host does not know are zero.
 */
#define KNOWN_PART(type, local, given) \
  type local;                          \
  memset(&local, 0, sizeof local);     \
  memcpy(&local, given, (given)->struct_size < sizeof local ? (given)->struct_size : sizeof local)

static peb_status begin(void *self, peb_scope *scope) { return peb_go_begin((uintptr_t)self, scope); }

static peb_status input(void *self, peb_scope *scope, const peb_sequence *given, peb_tensor *x) {
  KNOWN_PART(peb_sequence, sequence, given);
  return peb_go_input((uintptr_t)self, scope, &sequence, x);
}

static peb_status rotate(void *self, peb_scope *scope, const peb_site *given, peb_tensor *q, peb_tensor *k) {
  KNOWN_PART(peb_site, site, given);
  return peb_go_rotate((uintptr_t)self, scope, &site, q, k);
}

static peb_status bias(void *self, peb_scope *scope, const peb_site *given, peb_tensor *added) {
  KNOWN_PART(peb_site, site, given);
  return peb_go_bias((uintptr_t)self, scope, &site, added);
}

static peb_status value(void *self, peb_scope *scope, const peb_site *given, peb_tensor *added) {
  KNOWN_PART(peb_site, site, given);
  return peb_go_value((uintptr_t)self, scope, &site, added);
}

static peb_status output(void *self, peb_scope *scope, const peb_site *given, peb_tensor *y) {
  KNOWN_PART(peb_site, site, given);
  return peb_go_output((uintptr_t)self, scope, &site, y);
}

static void destroy(void *self) { peb_go_destroy((uintptr_t)self); }

static peb_status create(uint32_t which, const peb_host *host, peb_build *build, const peb_config *given,
                         const peb_value *values, void **self) {
  KNOWN_PART(peb_config, config, given);
  uintptr_t handle = 0;
  const peb_status status =
      peb_go_create(which, (peb_host *)host, build, &config, (peb_value *)values, &handle);
  if (status == PEB_OK) *self = (void *)handle;
  return status;
}

#define CREATE(which)                                                                                \
  static peb_status create_##which(const peb_host *host, peb_build *build, const peb_config *config, \
                                   const peb_value *values, void **self) {                           \
    return create(which, host, build, config, values, self);                                         \
  }
CREATE(0)
CREATE(1)
CREATE(2)
CREATE(3)
CREATE(4)
CREATE(5)
CREATE(6)
CREATE(7)
CREATE(8)
CREATE(9)
CREATE(10)
CREATE(11)
CREATE(12)
CREATE(13)
CREATE(14)
CREATE(15)

typedef peb_status (*create_function)(const peb_host *, peb_build *, const peb_config *, const peb_value *,
                                      void **);
static const create_function creators[peb_go_most_encoders] = {
    create_0, create_1, create_2,  create_3,  create_4,  create_5,  create_6,  create_7,
    create_8, create_9, create_10, create_11, create_12, create_13, create_14, create_15};

static peb_encoder encoders[peb_go_most_encoders];
static const peb_encoder *pointers[peb_go_most_encoders];
static peb_plugin plugin = {sizeof(peb_plugin), PEB_ABI_MINOR, 0, 0, pointers, NULL};

void peb_go_describe(uint32_t which, uint32_t flags, const char *id, const char *name, const char *version,
                     const char *cite, const peb_option *options, uint32_t n_options, uint32_t hooks) {
  peb_encoder *encoder = &encoders[which];
  encoder->struct_size = sizeof *encoder;
  encoder->flags = flags;
  if (flags & PEB_NEED_HIDDEN) plugin.min_minor = 1;
  encoder->id = id;
  encoder->name = name;
  encoder->version = version;
  encoder->cite = cite;
  encoder->options = options;
  encoder->n_options = n_options;
  encoder->option_size = sizeof *options;
  encoder->create = creators[which];
  encoder->destroy = destroy;
  encoder->begin = hooks & PEB_GO_BEGIN ? begin : NULL;
  encoder->input = hooks & PEB_GO_INPUT ? input : NULL;
  encoder->rotate = hooks & PEB_GO_ROTATE ? rotate : NULL;
  encoder->bias = hooks & PEB_GO_BIAS ? bias : NULL;
  encoder->value = hooks & PEB_GO_VALUE ? value : NULL;
  encoder->output = hooks & PEB_GO_OUTPUT ? output : NULL;
  pointers[which] = encoder;
}

const peb_plugin *peb_go_plugin(const peb_host *host, uint32_t n_encoders) {
  /* The last members of version 1.0, whatever has been appended since. */
  if (host == NULL || !PEB_HAS(host, peb_host, extension)) return NULL;
  if (host->ops == NULL || !PEB_HAS(host->ops, peb_ops, custom)) return NULL;
  plugin.n_encoders = n_encoders;
  return &plugin;
}

peb_option *peb_go_new_options(uint32_t count) { return calloc(count, sizeof(peb_option)); }

void peb_go_set_option(peb_option *option, const char *key, const char *help, const char *choices,
                       const char *text, double initial, double min, double max, uint32_t kind) {
  const peb_option described = {key, help, choices, text, initial, min, max, kind, 0};
  *option = described;
}

static peb_status infer(void *user, peb_scope *scope, const peb_view *in, uint32_t n_in, peb_view *out,
                        uint32_t n_out) {
  return peb_go_infer((uintptr_t)user, scope, (peb_view *)in, n_in, out, n_out);
}

static peb_status forward(void *user, peb_scope *scope, const peb_view *in, uint32_t n_in, peb_view *out,
                          uint32_t n_out, void *stream) {
  (void)stream;
  return peb_go_forward((uintptr_t)user, scope, (peb_view *)in, n_in, out, n_out);
}

static peb_status backward(void *user, peb_scope *scope, const peb_view *in, uint32_t n_in,
                           const peb_view *out, const peb_view *grad_out, uint32_t n_out, peb_view *grad_in,
                           void *stream) {
  (void)stream;
  return peb_go_backward((uintptr_t)user, scope, (peb_view *)in, n_in, (peb_view *)out, (peb_view *)grad_out,
                         n_out, grad_in);
}

peb_custom *peb_go_new_custom(const char *name, uintptr_t user) {
  peb_custom *custom = calloc(1, sizeof *custom);
  custom->struct_size = sizeof *custom;
  custom->name = name;
  custom->user = (void *)user;
  custom->infer = infer;
  custom->forward = forward;
  custom->backward = backward;
  return custom;
}

void peb_go_free_custom(peb_custom *custom) {
  free((void *)custom->name);
  free(custom);
}
