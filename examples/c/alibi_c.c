/* Attention with linear biases (ALiBi): Press, Smith & Lewis 2022, "Train short, test long: attention with
 * linear biases enables input length extrapolation", arXiv:2108.12409.
 *
 *   bias_hij = -slope_h |key_position_j - query_position_i|      bias [1 or B, H, Lq, Lk]
 *   slope_h  = 2^(-8h/H)                                         h = 1 .. H, a power of two
 *
 * For other H the authors' code takes the slopes of P heads, the greatest power of two below H, and then
 * every second slope of 2P heads, from the first on.
 */
#define PEB_PLUGIN_IMPL
#include <math.h>
#include <pebench/pebench.h>
#include <stdlib.h>

typedef struct instance {
  const peb_ops *ops;
  int64_t heads;
  double slopes[]; /* [H] */
} instance;

static void write_slopes(double *slopes, int64_t heads) {
  int64_t power = 1, h;
  while (2 * power <= heads) power *= 2;
  for (h = 0; h < power; ++h) slopes[h] = pow(2.0, -8.0 * (double)(h + 1) / (double)power);
  for (h = power; h < heads; ++h)
    slopes[h] = pow(2.0, -8.0 * (double)(2 * (h - power) + 1) / (double)(2 * power));
}

static peb_status create(const peb_host *host, peb_build *build, const peb_config *config,
                         const peb_value *values, void **self) {
  instance *made = malloc(sizeof(instance) + config->n_heads * sizeof(double));
  (void)build;
  (void)values;
  if (made == NULL) return PEB_E_INTERNAL;
  made->ops = host->ops;
  made->heads = config->n_heads;
  write_slopes(made->slopes, made->heads);
  *self = made;
  return PEB_OK;
}

static void destroy(void *self) { free(self); }

/* position I64 [n, L] -> a view of dims {n, 1, L, 1} or {n, 1, 1, L}, the place of L given */
static peb_tensor spread(const peb_ops *ops, peb_scope *scope, peb_tensor position, uint32_t place) {
  int64_t dims[4] = {1, 1, 1, 1}, given[2] = {1, 1};
  ops->shape(scope, position, given, 2);
  dims[0] = given[0];
  dims[place] = given[1];
  return ops->reshape(scope, position, dims, 4);
}

static peb_status bias(void *self_pointer, peb_scope *scope, const peb_site *site, peb_tensor *bias) {
  const instance *self = self_pointer;
  const peb_ops *ops = self->ops;
  const int64_t dims[4] = {1, self->heads, 1, 1};
  const peb_tensor key = spread(ops, scope, site->key_position, 3),
                   query = spread(ops, scope, site->query_position, 2);
  const peb_tensor relative = ops->binary(scope, PEB_SUB, key, query); /* I64 [1 or B, 1, Lq, Lk] */
  const peb_tensor distance = ops->cast(scope, ops->unary(scope, PEB_ABS, relative), PEB_MODEL);
  const peb_tensor slopes = ops->constant(scope, self->slopes, dims, 4, PEB_MODEL);
  *bias = ops->unary(scope, PEB_NEG, ops->binary(scope, PEB_MUL, slopes, distance));
  return ops->status(scope);
}

static const peb_encoder kAlibi = {
    .struct_size = sizeof(peb_encoder),
    .flags = PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING,
    .id = "alibi_c",
    .name = "Attention with linear biases",
    .version = "1.0.0",
    .cite = "arXiv:2108.12409",
    .option_size = sizeof(peb_option),
    .create = create,
    .destroy = destroy,
    .bias = bias,
};

static const peb_encoder *const kEncoders[] = {&kAlibi};
static const peb_plugin kPlugin = {sizeof(peb_plugin), PEB_ABI_MINOR, 0, 1, kEncoders, NULL};

PEB_EXPORT const peb_plugin *peb_plugin_v1(const peb_host *host) {
  return host != NULL && PEB_HAS(host, peb_host, extension) && PEB_HAS(host->ops, peb_ops, custom) ? &kPlugin
                                                                                                   : NULL;
}
