/* Extrapolatable positions (xPos): Sun et al. 2022, "A length-extrapolatable transformer", arXiv:2212.10554,
 * algorithm 1. Rotary positions whose pairs decay with distance, the fast ones most.
 *
 *   a_i = position * base^(-2i/h)               i < h/2, pairs (2i, 2i + 1) of x [B, H, L, h]
 *   z_i = ((2i/h + gamma) / (1 + gamma))^(position / scale_base)        for queries; 1 / z_i for keys
 *   y_2i   = (x_2i cos a_i - x_2i+1 sin a_i) z_i
 *   y_2i+1 = (x_2i+1 cos a_i + x_2i sin a_i) z_i
 *
 * so that q.k depends on positions through their difference, and shrinks as the key falls behind the query.
 * The paper's attention is causal; a key that is ahead of its query grows by as much. scale_base is a
 * constant of its authors' code, 512 for texts of 1024 words and more: over a window of 50 slots no pair
 * decays below 0.88 then.
 */
#define PEB_PLUGIN_IMPL
#include <math.h>
#include <pebench/pebench.h>
#include <stdlib.h>

enum option { kBase, kGamma, kScaleBase, kOptionCount };

static const peb_option kOptions[kOptionCount] = {
    {"base", "base of the geometric series of frequencies", NULL, NULL, 10000, 1, 1e12, PEB_OPT_REAL, 0},
    {"gamma", "evens out the decay of the pairs", NULL, NULL, 0.4, 0.01, 100, PEB_OPT_REAL, 0},
    {"scale_base", "the distance over which a pair decays by its factor", NULL, NULL, 512, 1, 1e9,
     PEB_OPT_REAL, 0}};

typedef struct instance {
  const peb_ops *ops;
  int64_t pairs;  /* h/2 */
  double rates[]; /* of the angles, then of log z: 2 [h/2], both per position */
} instance;

static peb_status create(const peb_host *host, peb_build *build, const peb_config *config,
                         const peb_value *values, void **self) {
  const int64_t pairs = config->d_head / 2;
  const double gamma = values[kGamma].num;
  instance *made;
  (void)build;
  if (config->d_head % 2 != 0) {
    host->log(host, 3, "xpos turns pairs of columns: the head width must be even");
    return PEB_E_UNSUPPORTED;
  }
  made = malloc(sizeof(instance) + 2 * (size_t)pairs * sizeof(double));
  if (made == NULL) return PEB_E_INTERNAL;
  made->ops = host->ops;
  made->pairs = pairs;
  for (int64_t i = 0; i < pairs; ++i) {
    const double place = (double)i / (double)pairs; /* 2i/h */
    made->rates[i] = pow(values[kBase].num, -place);
    made->rates[pairs + i] = log((place + gamma) / (1 + gamma)) / values[kScaleBase].num;
  }
  *self = made;
  return PEB_OK;
}

static void destroy(void *self) { free(self); }

/* slots F64 [n, 1, L, 1], rates [h/2] -> their products [n, 1, L, h/2] */
static peb_tensor product(const instance *self, peb_scope *scope, peb_tensor slots, const double *rates) {
  const peb_ops *ops = self->ops;
  return ops->binary(scope, PEB_MUL, slots, ops->constant(scope, rates, &self->pairs, 1, PEB_F64));
}

/* wave of angles, times z, in the model's type */
static peb_tensor scaled(const peb_ops *ops, peb_scope *scope, uint32_t wave, peb_tensor angles,
                         peb_tensor z) {
  return ops->cast(scope, ops->binary(scope, PEB_MUL, ops->unary(scope, wave, angles), z), PEB_MODEL);
}

/* x [B, H, L, h] = dims, position I64 [n, L] -> the same shape. sign is 1 for queries, -1 for keys. Angles
 * and decay are taken in float64: a float32 angle of a late position has lost digits before its sine is
 * taken. */
static peb_tensor turned(const instance *self, peb_scope *scope, peb_tensor x, const int64_t *dims,
                         peb_tensor position, double sign) {
  const peb_ops *ops = self->ops;
  const int64_t paired[5] = {dims[0], dims[1], dims[2], self->pairs, 2};
  const int64_t halves[4] = {dims[0], dims[1], dims[2], self->pairs};
  int64_t given[2] = {1, 1}, column[4] = {1, 1, 1, 1};
  peb_tensor y[2], both;
  ops->shape(scope, position, given, 2);
  column[0] = given[0];
  column[2] = given[1];
  const peb_tensor slots = ops->reshape(scope, ops->cast(scope, position, PEB_F64), column, 4);
  const peb_tensor angles = product(self, scope, slots, self->rates);
  const peb_tensor decay =
      ops->scalar(scope, PEB_MUL, product(self, scope, slots, self->rates + self->pairs), sign);
  const peb_tensor z = ops->unary(scope, PEB_EXP, decay);
  const peb_tensor cosine = scaled(ops, scope, PEB_COS, angles, z),
                   sine = scaled(ops, scope, PEB_SIN, angles, z);

  const peb_tensor pairs = ops->reshape(scope, x, paired, 5);
  const peb_tensor even = ops->reshape(scope, ops->slice(scope, pairs, -1, 0, 1, 1), halves, 4);
  const peb_tensor odd = ops->reshape(scope, ops->slice(scope, pairs, -1, 1, 2, 1), halves, 4);
  y[0] = ops->binary(scope, PEB_SUB, ops->binary(scope, PEB_MUL, even, cosine),
                     ops->binary(scope, PEB_MUL, odd, sine));
  y[1] = ops->binary(scope, PEB_ADD, ops->binary(scope, PEB_MUL, odd, cosine),
                     ops->binary(scope, PEB_MUL, even, sine));
  for (int i = 0; i < 2; ++i) {
    const int64_t last[5] = {dims[0], dims[1], dims[2], self->pairs, 1};
    y[i] = ops->reshape(scope, y[i], last, 5);
  }
  both = ops->concat(scope, y, 2, -1);
  return ops->reshape(scope, both, dims, 4);
}

static peb_status rotate(void *self_pointer, peb_scope *scope, const peb_site *site, peb_tensor *q,
                         peb_tensor *k) {
  const instance *self = self_pointer;
  const int64_t query[4] = {site->batch, site->heads, site->queries, site->head_width};
  const int64_t key[4] = {site->batch, site->heads, site->keys, site->head_width};
  *q = turned(self, scope, *q, query, site->query_position, 1);
  *k = turned(self, scope, *k, key, site->key_position, -1);
  return self->ops->status(scope);
}

static const peb_encoder kXpos = {
    .struct_size = sizeof(peb_encoder),
    .flags = PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING,
    .id = "xpos",
    .name = "Extrapolatable positions",
    .version = "1.0.0",
    .cite = "arXiv:2212.10554",
    .options = kOptions,
    .n_options = kOptionCount,
    .option_size = sizeof(peb_option),
    .create = create,
    .destroy = destroy,
    .rotate = rotate,
};

static const peb_encoder *const kEncoders[] = {&kXpos};
static const peb_plugin kPlugin = {sizeof(peb_plugin), PEB_ABI_MINOR, 0, 1, kEncoders, NULL};

PEB_EXPORT const peb_plugin *peb_plugin_v1(const peb_host *host) {
  return host != NULL && PEB_HAS(host, peb_host, extension) && PEB_HAS(host->ops, peb_ops, custom) ? &kPlugin
                                                                                                   : NULL;
}
