/* Parameters: one of every initial kind, and one for every size that a model is described by. */
#include "plugin.h"

enum { kRows = 40, kColumns = 50 };

static peb_param declare(const peb_host *host, peb_build *build, const char *name, uint32_t init, double a,
                         double b, uint32_t flags, const double *data) {
  const int64_t dims[2] = {kRows, kColumns};
  const peb_param_desc description = {sizeof description, flags, name, dims, data, a, b, 2, init};
  return host->declare(build, at_edge(&description, sizeof description));
}

static peb_status create(const peb_host *host, peb_build *build, const peb_config *config,
                         const peb_value *values, void **self) {
  static double data[kRows * kColumns];
  const double sizes[7] = {config->n_layers, config->n_sites, config->n_heads,    config->d_model,
                           config->d_head,   config->max_len, config->n_positions};
  const int64_t n_sizes = 7;
  const peb_param_desc sizes_description = {
      sizeof sizes_description, PEB_PARAM_FROZEN, "sizes", &n_sizes, sizes, 0, 0, 1, PEB_INIT_DATA};
  (void)values;
  *self = NULL;
  for (int i = 0; i < kRows * kColumns; ++i) data[i] = i;
  return declare(host, build, "zero", PEB_INIT_ZERO, 9, 9, 0, NULL) == 1 &&
                 declare(host, build, "const", PEB_INIT_CONST, 1.5, 9, 0, NULL) == 2 &&
                 declare(host, build, "normal", PEB_INIT_NORMAL, 3, 0.5, PEB_PARAM_NO_DECAY, NULL) == 3 &&
                 declare(host, build, "trunc_normal", PEB_INIT_TRUNC_NORMAL, 3, 0.5, 0, NULL) == 4 &&
                 declare(host, build, "uniform", PEB_INIT_UNIFORM, -1, 3, 0, NULL) == 5 &&
                 declare(host, build, "xavier", PEB_INIT_XAVIER, 0, 9, 0, NULL) == 6 &&
                 declare(host, build, "xavier.twice", PEB_INIT_XAVIER, 2, 9, 0, NULL) == 7 &&
                 declare(host, build, "data", PEB_INIT_DATA, 9, 9, 0, data) == 8 &&
                 host->declare(build, at_edge(&sizes_description, sizeof sizes_description)) == 9
             ? PEB_OK
             : PEB_E_INTERNAL;
}

/* x + mean of "data" + sum of "sizes", so that parameters are read as well. */
static peb_status input(void *self, peb_scope *scope, const peb_sequence *sequence, peb_tensor *x) {
  const int64_t one = 1;
  (void)self, (void)sequence;
  peb_tensor mean = ops->along(scope, PEB_MEAN, ops->along(scope, PEB_MEAN, ops->parameter(scope, 8), 0), 1);
  *x = ops->binary(scope, PEB_ADD, *x, ops->reshape(scope, mean, &one, 1));
  *x = ops->binary(scope, PEB_ADD, *x, ops->along(scope, PEB_SUM, ops->parameter(scope, 9), 0));
  return ops->status(scope);
}

ENCODER(parameters, PEB_IS_AFFINE_INPUT, .create = create, .input = input);
PLUGIN(&parameters)
