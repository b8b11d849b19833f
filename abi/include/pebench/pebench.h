/* pebench.h -- the plugin ABI of pebench, major version 1.
 *
 * A positional encoding is a shared library that exports ONE function, peb_plugin_v1(). The host calls it, reads the
 * encoders it describes, creates an instance of the one a suite names, and calls that instance's hooks inside the forward
 * pass of the model. Hooks see tensors only as opaque handles and compute with the host's table of operations (peb_ops),
 * so a plugin gets gradients, devices and number types from the host and links against nothing but its own language.
 *
 * This header is the whole contract. It needs a C89 compiler with <stdint.h>, or any C++, and 64-bit pointers.
 *
 * RULES THAT KEEP OLD PLUGINS WORKING
 *   R1 Structs start with struct_size unless marked frozen. The side that ALLOCATES the struct sets it to the size it was
 *      compiled with. Structs grow only at the end; a reader tests PEB_HAS() for every member newer than 1.0, or copies
 *      min(struct_size, its own size) bytes into a zeroed local. Sizes are compared with >=, never with ==.
 *   R2 Nothing shipped is reordered, retyped or given another meaning. Codes and strings are never used again.
 *   R3 The major version is the suffix of the entry symbol. A minor version only adds members, codes and extension ids.
 *      What is newer than the other side: an operation given a code it does not know fails, so test ops->abi_minor first; a
 *      flag that is not known is ignored, in both directions; a host gives a plugin no other code newer than the plugin's
 *      abi_minor. A plugin that cannot do without something newer says so in min_minor.
 *   R4 No enum, bool, long, size_t, bit-field or union members, no varargs, no struct by value, no implicit padding.
 *   R5 Nothing unwinds or longjmps across the boundary, in either direction.
 *   R6 No side frees memory of the other. What a call is given by pointer is valid until it returns, unless said otherwise.
 *
 * THREADS
 *   [any]  may be called concurrently from any thread.
 *   [main] called from the host's control thread.
 *   [inst] calls on one instance never overlap, but may come from different threads over time.
 *   [grad] like [inst], but on a thread of the host's gradient engine.
 *
 * ERRORS
 *   Errors are sticky within a forward pass: after the first failure every operation returns 0, and an operation given 0
 *   returns 0, so a hook is straight-line code that ends in `return ops->status(scope)`. The host reports the plugin, the
 *   operation and the shapes. A hook that fails ends the trial, never the suite.
 *
 * RANDOMNESS
 *   Only dropout() and normal() of peb_ops and the initial values of parameters. They come from the trial's own streams;
 *   a plugin that draws from anywhere else breaks reproducibility.
 *
 * STRINGS are UTF-8 and NUL-terminated.
 */
#ifndef PEBENCH_H
#define PEBENCH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Minor version this header describes. */
#define PEB_ABI_MINOR 1

/* Whether the struct at p is large enough to hold member m of type T. */
#define PEB_HAS(p, T, m) ((p)->struct_size >= offsetof(T, m) + sizeof(((T *)0)->m))

/* Handle of a tensor: slot and generation, NOT a pointer. 0 means none or failed. It is valid until the forward pass it
 * was made in ends (or until release()), belongs to the host, and using it later is an error, not a crash. */
typedef uint64_t peb_tensor;

/* A declared parameter, counted from 1; 0 means that the declaration failed. Valid as long as the instance. */
typedef uint32_t peb_param;

/* PEB_OK or one of PEB_E_*; a reader treats an unknown non-zero value as PEB_E_INTERNAL. */
typedef int32_t peb_status;

typedef struct peb_scope peb_scope; /* one forward pass: its handles and its sticky error */
typedef struct peb_build peb_build; /* the phase in which an instance declares its parameters */

enum peb_status_code {
  PEB_OK = 0,
  PEB_E_INVALID = 1,     /* the caller's arguments are wrong */
  PEB_E_UNSUPPORTED = 2, /* a legal request that this encoder does not serve: an odd head width, say */
  PEB_E_INTERNAL = 3     /* anything else */
};

enum peb_dtype {
  PEB_F16 = 1,
  PEB_BF16 = 2,
  PEB_F32 = 3,
  PEB_F64 = 4,
  PEB_I64 = 5,
  PEB_BOOL = 6,
  PEB_MODEL = 7 /* the model's current compute type, one of the four above; dtype() never returns it */
};

/* NEG, ABS, RELU and SIGN also take I64; the others need a real type. */
enum peb_unary_op {
  PEB_NEG = 1,
  PEB_ABS = 2,
  PEB_EXP = 3,
  PEB_LOG = 4,
  PEB_SIN = 5,
  PEB_COS = 6,
  PEB_SQRT = 7,
  PEB_TANH = 8,
  PEB_SIGMOID = 9,
  PEB_RELU = 10,
  PEB_SOFTPLUS = 11,
  PEB_FLOOR = 12, /* gradient 0 */
  PEB_CEIL = 13,  /* gradient 0 */
  PEB_SIGN = 14   /* gradient 0 */
};

/* Real types and I64; EQ also takes BOOL. */
enum peb_binary_op {
  PEB_ADD = 1,
  PEB_SUB = 2,
  PEB_MUL = 3,
  PEB_DIV = 4, /* on I64: rounds toward minus infinity */
  PEB_POW = 5,
  PEB_MIN = 6,
  PEB_MAX = 7,
  PEB_LT = 8, /* comparisons give BOOL */
  PEB_LE = 9,
  PEB_EQ = 10
};

/* Real types and I64; MEAN and SOFTMAX need a real type. */
enum peb_along_op {
  PEB_SUM = 1,     /* keeps the dimension with size 1 */
  PEB_MEAN = 2,    /* keeps the dimension with size 1 */
  PEB_AMAX = 3,    /* keeps the dimension with size 1; ties share the gradient evenly */
  PEB_CUMSUM = 4,
  PEB_SOFTMAX = 5
};

enum peb_option_type {
  PEB_OPT_INT = 1,
  PEB_OPT_REAL = 2,
  PEB_OPT_BOOL = 3,
  PEB_OPT_ENUM = 4,
  PEB_OPT_STRING = 5,
  PEB_OPT_FILE = 6
};

/* Initial values of a parameter; a and b are members of peb_param_desc. */
enum peb_init {
  PEB_INIT_ZERO = 1,
  PEB_INIT_CONST = 2,        /* a */
  PEB_INIT_NORMAL = 3,       /* mean a, standard deviation b */
  PEB_INIT_TRUNC_NORMAL = 4, /* the same, redrawn outside a +- 2 b */
  PEB_INIT_UNIFORM = 5,      /* in [a, b) */
  PEB_INIT_XAVIER = 6,       /* uniform +- a * sqrt(6 / (rows + columns)) over the last two dims; a = 0 means 1 */
  PEB_INIT_DATA = 7          /* data[], row-major */
};

enum peb_param_flag {
  PEB_PARAM_FROZEN = 1,  /* saved, never trained */
  PEB_PARAM_NO_DECAY = 2 /* never subject to L2 */
};

enum peb_site_kind { PEB_SELF = 1, PEB_CROSS = 2 };
enum peb_role { PEB_PROFILE = 1, PEB_CANDIDATES = 2 };
enum peb_call_flag { PEB_CAUSAL = 1, PEB_TRAINING = 2 };

/* Flags of an encoder. PEB_NEED_* make the host provide a tensor; PEB_IS_* are claims about the encoder, which the host
 * may rely on and its conformance checks put to the test. */
enum peb_encoder_flag {
  PEB_NEED_TIME = 1,   /* time members of peb_sequence and peb_site */
  PEB_NEED_LOGITS = 2, /* peb_site.logits in bias() */
  PEB_NEED_PROBS = 4,  /* peb_site.probs in value() */
  PEB_NEED_HIDDEN = 8, /* hidden members of peb_site; since 1.1 */
  PEB_IS_SHIFT_INVARIANT = 256, /* adding one number to all positions changes nothing */
  PEB_IS_EXTRAPOLATING = 512,   /* positions beyond max_len are accepted */
  PEB_IS_NULL = 1024,           /* the control: no hook does anything */
  PEB_IS_AFFINE_INPUT = 2048,   /* input() is affine in x at a fixed position and time: the host may fold it in ranking */
  PEB_IS_CAUSAL = 4096          /* means something only where no event sees a later one: the host calls its hooks of
                                   attention where a query sees every real key up to some slot, its own in
                                   self-attention, and no other; since 1.1 */
};

enum peb_custom_flag {
  PEB_CUSTOM_CUDA = 1,   /* forward and backward take CUDA pointers; otherwise the host copies through the CPU */
  PEB_CUSTOM_STRIDED = 2 /* inputs may be strided; otherwise every view is contiguous */
};

/* A tensor's memory, only inside the callbacks of peb_custom. Frozen; bit-identical to DLTensor of DLPack 1.x.
 * code and bits follow DLDataTypeCode: 0 signed integer, 2 float, 4 bfloat, 6 bool. strides are in elements. */
typedef struct peb_view {
  void *data;
  int32_t device_type, device_id, ndim; /* DLDeviceType: 1 CPU, 2 CUDA */
  uint8_t code, bits;
  uint16_t lanes;
  int64_t *shape, *strides;
  uint64_t byte_offset;
} peb_view;

/* A differentiable operation of the plugin's own, passed to peb_ops.custom(). The struct and user must live until the
 * instance's destroy() returns. Callbacks return PEB_E_UNSUPPORTED for a number type they do not serve.
 * A gradient that reaches none of the outputs arrives as zeros. Differentiable once. */
typedef struct peb_custom {
  uint32_t struct_size, flags; /* peb_custom_flag */
  const char *name;            /* for messages */
  void *user;                  /* passed through */
  /* Fills ndim, shape, code and bits of out[i] from in[]; data is NULL here, every shape buffer holds 8. [inst] */
  peb_status (*infer)(void *user, peb_scope *, const peb_view *in, uint32_t n_in, peb_view *out, uint32_t n_out);
  /* Writes out[], which is allocated and contiguous. Enqueues on stream (a cudaStream_t, or NULL) and never
   * synchronises. [inst] */
  peb_status (*forward)(void *user, peb_scope *, const peb_view *in, uint32_t n_in, peb_view *out, uint32_t n_out,
                        void *stream);
  /* WRITES (does not add to) all of every grad_in[i] whose data is not NULL, which comes with garbage; NULL means that it
   * is not wanted. The scope is for fail() only. [grad] */
  peb_status (*backward)(void *user, peb_scope *, const peb_view *in, uint32_t n_in, const peb_view *out,
                         const peb_view *grad_out, uint32_t n_out, peb_view *grad_in, void *stream);
} peb_custom;

/* The host's operations. All are differentiable where that makes sense, work on every device and number type, broadcast
 * as NumPy does, return a NEW tensor, and are never NULL. [inst], and only inside a hook.
 *
 * Operands of one operation share a number type or the operation fails; nothing is converted silently, use cast().
 * Dimensions and axes may be negative and then count from the end. */
typedef struct peb_ops {
  uint32_t struct_size, abi_minor;
  /* The sticky status of the pass: return it from every hook. */
  peb_status (*status)(peb_scope *);
  /* Fails the pass with a message of the plugin's own (copied). The first failure wins. */
  void (*fail)(peb_scope *, peb_status, const char *message);
  /* Number of dimensions; writes the first min(ndim, capacity) sizes to dims. 0 for a failed handle or a scalar. */
  uint32_t (*shape)(peb_scope *, peb_tensor, int64_t *dims, uint32_t capacity);
  /* One of peb_dtype, 0 for a failed handle. */
  uint32_t (*dtype)(peb_scope *, peb_tensor);
  /* Drops a handle early, to save memory. Optional. */
  void (*release)(peb_scope *, peb_tensor);
  /* The current value of a parameter, in the model's compute type, attached to its gradient. */
  peb_tensor (*parameter)(peb_scope *, peb_param);
  /* A tensor of prod(dims) values, row-major. Values are given as double and rounded to dtype once. */
  peb_tensor (*constant)(peb_scope *, const double *values, const int64_t *dims, uint32_t ndim, uint32_t dtype);
  peb_tensor (*full)(peb_scope *, double value, const int64_t *dims, uint32_t ndim, uint32_t dtype);
  /* start + i * step for i in 0 .. count-1 -> [count] */
  peb_tensor (*arange)(peb_scope *, double start, double step, int64_t count, uint32_t dtype);
  /* To a number type; PEB_MODEL for the model's own. Real to I64 truncates toward zero. */
  peb_tensor (*cast)(peb_scope *, peb_tensor, uint32_t dtype);
  /* The same values, cut off from the gradient. */
  peb_tensor (*detach)(peb_scope *, peb_tensor);
  peb_tensor (*unary)(peb_scope *, uint32_t unary_op, peb_tensor);
  peb_tensor (*binary)(peb_scope *, uint32_t binary_op, peb_tensor, peb_tensor);
  /* tensor OP value; on an I64 tensor the value must be integral. */
  peb_tensor (*scalar)(peb_scope *, uint32_t binary_op, peb_tensor, double value);
  peb_tensor (*along)(peb_scope *, uint32_t along_op, peb_tensor, int32_t dim);
  /* condition (BOOL) ? a : b, elementwise */
  peb_tensor (*choose)(peb_scope *, peb_tensor condition, peb_tensor a, peb_tensor b);
  /* min(max(t, low), high). An infinite bound bounds nothing, NaN fails; on an I64 tensor finite ones are integral. */
  peb_tensor (*clamp)(peb_scope *, peb_tensor, double low, double high);
  /* [..., n, k] x [..., k, m] -> [..., n, m]; leading dimensions broadcast */
  peb_tensor (*matmul)(peb_scope *, peb_tensor, peb_tensor);
  /* Einstein summation with an explicit output, "bhqd,qkd->bhqk" */
  peb_tensor (*einsum)(peb_scope *, const char *spec, const peb_tensor *in, uint32_t n);
  /* table [N, D], index I64 [...] -> [..., D]; an index outside [0, N) fails */
  peb_tensor (*embedding)(peb_scope *, peb_tensor table, peb_tensor index);
  /* out[..., j, ...] = t[..., index[..., j, ...], ...] along dim; other dimensions of index broadcast to those of t */
  peb_tensor (*gather)(peb_scope *, peb_tensor t, int32_t dim, peb_tensor index);
  /* The transpose of gather: out[..., index[..., j, ...], ...] += source[..., j, ...], with `size` entries along dim;
   * index broadcasts to source as in gather */
  peb_tensor (*scatter_add)(peb_scope *, peb_tensor source, int32_t dim, peb_tensor index, int64_t size);
  /* One entry of dims may be -1. */
  peb_tensor (*reshape)(peb_scope *, peb_tensor, const int64_t *dims, uint32_t ndim);
  peb_tensor (*permute)(peb_scope *, peb_tensor, const int32_t *axes, uint32_t naxes);
  /* Broadcasts to dims; -1 keeps a size. */
  peb_tensor (*expand)(peb_scope *, peb_tensor, const int64_t *dims, uint32_t ndim);
  /* Elements start, start+step, ... before stop; negative start and stop count from the end; step > 0. */
  peb_tensor (*slice)(peb_scope *, peb_tensor, int32_t dim, int64_t start, int64_t stop, int64_t step);
  peb_tensor (*concat)(peb_scope *, const peb_tensor *in, uint32_t n, int32_t dim);
  /* Zeroes with probability p and scales the rest by 1/(1-p) while training; the identity otherwise. */
  peb_tensor (*dropout)(peb_scope *, peb_tensor, double p);
  /* Normal numbers of the host's stream, in the model's type. */
  peb_tensor (*normal)(peb_scope *, double mean, double deviation, const int64_t *dims, uint32_t ndim);
  /* Runs an operation of the plugin's own; writes n_out handles. */
  peb_status (*custom)(peb_scope *, const peb_custom *, const peb_tensor *in, uint32_t n_in, peb_tensor *out,
                       uint32_t n_out);
} peb_ops;

/* A parameter: declared by the plugin, owned, initialised, trained and saved by the host. */
typedef struct peb_param_desc {
  uint32_t struct_size, flags; /* peb_param_flag */
  const char *name;            /* [a-z0-9_.]+, unique in the instance; the key in checkpoints and of its random stream */
  const int64_t *dims;         /* ndim sizes, each at least 1 */
  const double *data;          /* for PEB_INIT_DATA, else NULL */
  double a, b;                 /* see peb_init */
  uint32_t ndim, init;         /* peb_init */
} peb_param_desc;

/* An option that a suite may set. Frozen. */
typedef struct peb_option {
  const char *key, *help; /* key: [a-z][a-z0-9_]* */
  const char *choices;    /* ENUM: words separated by '|'; else NULL */
  const char *text;       /* default of a STRING or FILE; else NULL */
  double def, min, max;   /* default and inclusive range of INT and REAL; BOOL: 0 or 1; ENUM: index of the default */
  uint32_t kind, flags;   /* peb_option_type; flags is 0 */
} peb_option;

/* The value of one option, in the order of peb_encoder.options. Frozen.
 * A FILE is a path that the host resolved against the suite; its content is part of a trial's identity. */
typedef struct peb_value {
  double num;      /* INT, REAL, BOOL (0 or 1), ENUM (index) */
  const char *str; /* STRING, FILE or the ENUM's word, else NULL; valid during create() */
} peb_value;

/* The model an instance is created for. */
typedef struct peb_config {
  uint32_t struct_size;
  uint32_t n_layers;    /* encoder blocks */
  uint32_t n_sites;     /* attention calls of one forward pass that run hooks: sizes tables kept per layer */
  uint32_t n_heads;     /* H */
  uint32_t d_model;     /* D = H * d_head */
  uint32_t d_head;
  uint32_t max_len;     /* L: slots of a profile */
  uint32_t n_positions; /* max_len + 1: the extra one is the position of candidates */
} peb_config;

/* A sequence of embeddings x [batch, length, width]. Positions are the slots of the window, padding included: events are
 * aligned to the right, the newest stands in slot max_len - 1. A batch may leave out slots on the left that are padding in
 * all of its rows; positions keep their values. Candidates stand at the position given for them, which all candidates of
 * one user may share (max_len in a ranking): use `position`, never a count of one's own. */
typedef struct peb_sequence {
  uint32_t struct_size;
  uint32_t role;         /* peb_role */
  uint32_t flags;        /* peb_call_flag */
  uint32_t reserved;     /* 0; ignore it */
  int64_t batch, length, width;
  peb_tensor position;   /* I64 [1, length] or [batch, length], in [0, n_positions): let it broadcast */
  peb_tensor time;       /* I64 [batch, length], seconds since the data set's first event, 0 at padding; of a candidate: when
                            its event happens, or the newest known time. The handle is 0 without PEB_NEED_TIME */
  peb_tensor mask;       /* BOOL [batch, length], true for real events */
} peb_sequence;

/* One attention call. */
typedef struct peb_site {
  uint32_t struct_size;
  uint32_t kind;             /* peb_site_kind */
  uint32_t layer;            /* 0 .. n_layers-1; n_layers in cross-attention */
  uint32_t flags;            /* peb_call_flag */
  int64_t batch, heads, queries, keys, head_width;
  double scale;              /* logits = scale * q.k, 1/sqrt(head_width) */
  peb_tensor q, k, v;        /* [batch, heads, queries or keys, head_width]; after rotate() in later hooks */
  peb_tensor query_position; /* as peb_sequence.position; a protocol that repeats a published fault gives rotate() others */
  peb_tensor key_position;
  peb_tensor query_time; /* as peb_sequence.time */
  peb_tensor key_time;
  peb_tensor visible;        /* BOOL, broadcasts to [batch, 1, queries, keys]: the key may be seen. Never derive it */
  peb_tensor logits;         /* bias(): scaled q.k before bias and mask; 0 without PEB_NEED_LOGITS */
  peb_tensor probs;          /* value(): weights after softmax and dropout; 0 without PEB_NEED_PROBS */
  /* Since 1.1: what the projections to q, and to k and v, were applied to, [batch, queries or keys, d_model]; 0 without
   * PEB_NEED_HIDDEN. Rows of padding may hold anything finite. */
  peb_tensor query_hidden;
  peb_tensor key_hidden;
} peb_site;

/* What the host offers. The pointer given to peb_plugin_v1() stays valid as long as the process; create() is given the
 * same. */
typedef struct peb_host {
  uint32_t struct_size, abi_minor;
  const char *name, *version;
  const peb_ops *ops;
  /* Declares a parameter, inside create() only. The descriptor is copied. [main] */
  peb_param (*declare)(peb_build *, const peb_param_desc *);
  /* A line for the trial's log. level: 0 debug, 1 information, 2 warning, 3 error. [any] */
  void (*log)(const struct peb_host *, uint32_t level, const char *message);
  /* An extension table "peb.<name>/<version>", or NULL for an id that is not known. [any] */
  const void *(*extension)(const struct peb_host *, const char *id);
} peb_host;

/* An encoder: static immutable data and code. destroy and any hook may be NULL. Order within a pass: begin; input (profile);
 * per self-attention rotate, bias, value, output; then, as often as candidates come, input (candidates) and rotate, bias,
 * value, output of cross-attention where it runs hooks. A pass that prepares a ranking (PEB_IS_AFFINE_INPUT) may have no
 * profile. */
typedef struct peb_encoder {
  uint32_t struct_size, flags;                /* peb_encoder_flag */
  const char *id, *name, *version, *cite;     /* id: [a-z][a-z0-9_]*, what suites call it */
  const peb_option *options;
  uint32_t n_options, option_size;            /* option_size: sizeof(peb_option) */
  /* Makes an instance; values[i] belongs to options[i]. On failure says why with log(), returns a status and leaves *self
   * alone. [main] */
  peb_status (*create)(const peb_host *, peb_build *, const peb_config *, const peb_value *values, void **self);
  void (*destroy)(void *self); /* [main], and no callback of peb_custom runs any more */
  /* Once per forward pass, before any other hook: forget handles kept from the last pass. */
  peb_status (*begin)(void *self, peb_scope *);
  /* x in and out, [batch, length, width]. The host applies the padding mask again afterwards. */
  peb_status (*input)(void *self, peb_scope *, const peb_sequence *, peb_tensor *x);
  /* q and k in and out, shapes kept. A rotation cancels in q.k at one position and time. */
  peb_status (*rotate)(void *self, peb_scope *, const peb_site *, peb_tensor *q, peb_tensor *k);
  /* bias out, broadcasts to [batch, heads, queries, keys]: ADDED to the scaled logits. The host masks afterwards. *bias
   * is 0 on entry; left at 0 it adds nothing. */
  peb_status (*bias)(void *self, peb_scope *, const peb_site *, peb_tensor *bias);
  /* y out, [batch, heads, queries, head_width]: ADDED to probs @ v. *y is 0 on entry; left at 0 it adds nothing. */
  peb_status (*value)(void *self, peb_scope *, const peb_site *, peb_tensor *y);
  /* y in and out: the merged heads, [batch, queries, d_model]. */
  peb_status (*output)(void *self, peb_scope *, const peb_site *, peb_tensor *y);
} peb_encoder;

/* What the entry returns; static and immutable. */
typedef struct peb_plugin {
  uint32_t struct_size;
  uint32_t abi_minor;  /* PEB_ABI_MINOR the author compiled with */
  uint32_t min_minor;  /* the oldest minor the plugin works with: 0 unless it uses something newer */
  uint32_t n_encoders; /* at least 1 */
  const peb_encoder *const *encoders;
  const void *(*extension)(const char *id); /* may be NULL, and gives NULL for an id that is not known */
} peb_plugin;

/* The only symbol a plugin exports. Called once per process before anything else; NULL refuses this host. [main] */
#if defined(_WIN32)
#define PEB_EXPORT __declspec(dllexport)
#else
#define PEB_EXPORT __attribute__((visibility("default")))
#endif
#if defined(PEB_PLUGIN_IMPL)
PEB_EXPORT const peb_plugin *peb_plugin_v1(const peb_host *);
#endif

#ifdef __cplusplus
}
#endif
#endif
