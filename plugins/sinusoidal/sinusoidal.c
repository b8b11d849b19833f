/* Sinusoidal positions: Vaswani et al. 2017, "Attention is all you need", arXiv:1706.03762.
 * Written in C over the header alone.
 *
 *   a_i = p * base^(-2i/d)             p = position, or with reverse max(max_len - 1 - position, 0)
 *   e_2i = sin a_i, e_2i+1 = cos a_i   position [1 or B, L], e [1 or B, L, d]
 *   add:     y = x + e                 x, y [B, L, d]
 *   concat:  y = [x ; e] W^T + b       W [d, 2d], b [d]
 */
#define PEB_PLUGIN_IMPL
#include <math.h>
#include <pebench/pebench.h>
#include <stdlib.h>

enum option { kConcat, kReverse, kBase, kOptionCount };

static const peb_option kOptions[kOptionCount] = {
    {"concat", "project [x ; e] from 2d to d instead of adding e", NULL, NULL, 0, 0, 1, PEB_OPT_BOOL, 0},
    {"reverse", "count from the newest slot of the profile, which gets row 0", NULL, NULL, 0, 0, 1,
     PEB_OPT_BOOL, 0},
    {"base", "the longest wavelength, over 2 pi", NULL, NULL, 10000, 1, 1e12, PEB_OPT_REAL, 0}};

typedef struct instance {
  const peb_ops *ops;
  int64_t width; /* d */
  double newest; /* slot of the newest event, max_len - 1 */
  int reverse;
  peb_param weight, bias; /* of the projection; 0 without concat */
  int64_t n_frequencies;
  double frequencies[]; /* base^(-2i/d) of each pair of columns; an odd width uses half of the last */
} instance;

static peb_param declare_uniform(const peb_host *host, peb_build *build, const char *name,
                                 const int64_t *dims, uint32_t ndim, double bound) {
  peb_param_desc description = {sizeof(peb_param_desc), 0, NULL, NULL, NULL, 0, 0, 0, PEB_INIT_UNIFORM};
  description.name = name;
  description.dims = dims;
  description.ndim = ndim;
  description.a = -bound;
  description.b = bound;
  return host->declare(build, &description);
}

static peb_status create(const peb_host *host, peb_build *build, const peb_config *config,
                         const peb_value *values, void **self) {
  const int64_t width = config->d_model, n_frequencies = (width + 1) / 2;
  const size_t bytes = sizeof(instance) + (size_t)n_frequencies * sizeof(double);
  instance *made = calloc(1, bytes);
  if (made == NULL) return PEB_E_INTERNAL;
  made->ops = host->ops;
  made->width = width;
  made->newest = (double)config->max_len - 1;
  made->reverse = values[kReverse].num != 0;
  made->n_frequencies = n_frequencies;
  for (int64_t i = 0; i < n_frequencies; ++i) {
    made->frequencies[i] = pow(values[kBase].num, -2.0 * (double)i / (double)width);
  }
  if (values[kConcat].num != 0) {
    const int64_t dims[2] = {width, 2 * width};
    const double bound = 1 / sqrt((double)dims[1]);
    made->weight = declare_uniform(host, build, "projection.weight", dims, 2, bound);
    made->bias = declare_uniform(host, build, "projection.bias", dims, 1, bound);
    if (made->weight == 0 || made->bias == 0) {
      free(made);
      return PEB_E_INTERNAL;
    }
  }
  *self = made;
  return PEB_OK;
}

static void destroy(void *self) { free(self); }

/* position I64 [n, L] -> e [n, L, d] in the model's type. Angles are taken in float64. */
static peb_tensor encoded(const instance *self, peb_scope *scope, peb_tensor position, int64_t rows,
                          int64_t length) {
  const peb_ops *ops = self->ops;
  const int64_t column[3] = {rows, length, 1}, pair[4] = {rows, length, self->n_frequencies, 1};
  const int64_t flat[3] = {rows, length, 2 * self->n_frequencies};
  peb_tensor waves[2];
  if (self->reverse) {
    position = ops->scalar(scope, PEB_ADD, ops->unary(scope, PEB_NEG, position), self->newest);
    position = ops->scalar(scope, PEB_MAX, position, 0);
  }
  const peb_tensor slots = ops->reshape(scope, ops->cast(scope, position, PEB_F64), column, 3);
  const peb_tensor frequencies = ops->constant(scope, self->frequencies, &self->n_frequencies, 1, PEB_F64);
  const peb_tensor angles = ops->reshape(scope, ops->binary(scope, PEB_MUL, slots, frequencies), pair, 4);
  waves[0] = ops->unary(scope, PEB_SIN, angles);
  waves[1] = ops->unary(scope, PEB_COS, angles);
  const peb_tensor interleaved = ops->reshape(scope, ops->concat(scope, waves, 2, -1), flat, 3);
  return ops->cast(scope, ops->slice(scope, interleaved, -1, 0, self->width, 1), PEB_MODEL);
}

static peb_status input(void *instance_pointer, peb_scope *scope, const peb_sequence *sequence,
                        peb_tensor *x) {
  static const int32_t transposed[2] = {1, 0};
  const instance *self = instance_pointer;
  const peb_ops *ops = self->ops;
  int64_t position_dims[2];
  if (ops->shape(scope, sequence->position, position_dims, 2) != 2) {
    ops->fail(scope, PEB_E_INVALID, "positions must be [1, L] or [B, L]");
    return ops->status(scope);
  }
  const peb_tensor e = encoded(self, scope, sequence->position, position_dims[0], position_dims[1]);
  if (self->weight == 0) {
    *x = ops->binary(scope, PEB_ADD, *x, e);
  } else {
    const int64_t dims[3] = {sequence->batch, sequence->length, self->width};
    const peb_tensor both[2] = {*x, ops->expand(scope, e, dims, 3)};
    const peb_tensor weight = ops->permute(scope, ops->parameter(scope, self->weight), transposed, 2);
    const peb_tensor projected = ops->matmul(scope, ops->concat(scope, both, 2, -1), weight);
    *x = ops->binary(scope, PEB_ADD, projected, ops->parameter(scope, self->bias));
  }
  return ops->status(scope);
}

static const peb_encoder kSinusoidal = {
    .struct_size = sizeof(peb_encoder),
    .flags = PEB_IS_EXTRAPOLATING | PEB_IS_AFFINE_INPUT,
    .id = "sinusoidal",
    .name = "Sinusoidal absolute positions",
    .version = "1.0.0",
    .cite = "arXiv:1706.03762",
    .options = kOptions,
    .n_options = kOptionCount,
    .option_size = sizeof(peb_option),
    .create = create,
    .destroy = destroy,
    .input = input,
};

static const peb_encoder *const kEncoders[] = {&kSinusoidal};
static const peb_plugin kPlugin = {sizeof(peb_plugin), PEB_ABI_MINOR, 0, 1, kEncoders, NULL};

PEB_EXPORT const peb_plugin *peb_plugin_v1(const peb_host *host) {
  return host != NULL && PEB_HAS(host, peb_host, extension) && PEB_HAS(host->ops, peb_ops, custom) ? &kPlugin
                                                                                                   : NULL;
}
