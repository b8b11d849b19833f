/* Learned absolute positions: y = x + table[position].      x, y [B, L, D], table [n_positions, D] */
#define PEB_PLUGIN_IMPL
#include <pebench/pebench.h>
#include <stdlib.h>

enum option { kInitStd, kOptionCount };

static const peb_option kOptions[kOptionCount] = {
    {"init_std", "standard deviation of the initial table", NULL, NULL, 0.02, 0, 10, PEB_OPT_REAL, 0}};

typedef struct instance {
  const peb_ops *ops;
  peb_param table;
} instance;

/* Declares the parameters, which the host owns and trains. */
static peb_status create(const peb_host *host, peb_build *build, const peb_config *config,
                         const peb_value *values, void **self) {
  const int64_t dims[2] = {config->n_positions, config->d_model};
  peb_param_desc table = {sizeof(peb_param_desc), 0, "table", NULL, NULL, 0, 0, 2, PEB_INIT_NORMAL};
  instance *made = malloc(sizeof *made);
  if (made == NULL) return PEB_E_INTERNAL;
  table.dims = dims;
  table.b = values[kInitStd].num;
  made->ops = host->ops;
  made->table = host->declare(build, &table);
  if (made->table == 0) {
    free(made);
    return PEB_E_INTERNAL;
  }
  *self = made;
  return PEB_OK;
}

static void destroy(void *self) { free(self); }

/* A failed operation returns 0, and so does every later one: the status tells at the end. */
static peb_status input(void *self_pointer, peb_scope *scope, const peb_sequence *sequence, peb_tensor *x) {
  const instance *self = self_pointer;
  const peb_ops *ops = self->ops;
  const peb_tensor rows = ops->embedding(scope, ops->parameter(scope, self->table), sequence->position);
  *x = ops->binary(scope, PEB_ADD, *x, rows);
  return ops->status(scope);
}

static const peb_encoder kEncoder = {
    .struct_size = sizeof(peb_encoder),
    .flags = PEB_IS_AFFINE_INPUT, /* a claim that `pebench check` puts to the test */
    .id = "@NAME@",
    .name = "@NAME@",
    .version = "0.1.0",
    .cite = "", /* the paper, "arXiv:..." */
    .options = kOptions,
    .n_options = kOptionCount,
    .option_size = sizeof(peb_option),
    .create = create,
    .destroy = destroy,
    .input = input, /* or begin, rotate, bias, value, output: see pebench.h */
};

static const peb_encoder *const kEncoders[] = {&kEncoder};
static const peb_plugin kPlugin = {sizeof(peb_plugin), PEB_ABI_MINOR, 0, 1, kEncoders, NULL};

/* NULL refuses a host that lacks what this file was written for. */
PEB_EXPORT const peb_plugin *peb_plugin_v1(const peb_host *host) {
  return host != NULL && PEB_HAS(host, peb_host, extension) && PEB_HAS(host->ops, peb_ops, custom) ? &kPlugin
                                                                                                   : NULL;
}
