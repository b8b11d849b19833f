/* What the plugins here share. They are built with every pebench.h that a release shipped and have to give
 * the same numbers for ever, so what they do is not changed after a release. Every struct that they give to
 * the host ends where unreadable memory begins: a host that reads more than struct_size bytes crashes. */
#define PEB_PLUGIN_IMPL
#include <pebench.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const peb_ops *ops;

/* A copy whose last byte is the last one that can be read. Never freed. */
static const void *at_edge(const void *bytes, size_t size) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED || mprotect(pages + page, page, PROT_NONE) != 0) abort();
  return memcpy(pages + page - size, bytes, size);
}

/* create() of an encoder without options, parameters and state. */
static inline peb_status stateless(const peb_host *host, peb_build *build, const peb_config *config,
                                   const peb_value *values, void **self) {
  (void)host, (void)build, (void)config, (void)values;
  *self = NULL;
  return PEB_OK;
}

#define ENCODER(ID, FLAGS, ...)                                      \
  static const peb_encoder ID = {.struct_size = sizeof(peb_encoder), \
                                 .flags = (FLAGS),                   \
                                 .id = #ID,                          \
                                 .name = #ID,                        \
                                 .version = "1.0.0",                 \
                                 .option_size = sizeof(peb_option),  \
                                 __VA_ARGS__}

#ifndef MIN_MINOR
#define MIN_MINOR 0
#endif

#define PLUGIN(...)                                                                                       \
  const peb_plugin *peb_plugin_v1(const peb_host *host) {                                                 \
    static const peb_encoder *const list[] = {__VA_ARGS__};                                               \
    static const peb_encoder *shown[sizeof list / sizeof *list];                                          \
    const peb_plugin plugin = {sizeof(peb_plugin),         PEB_ABI_MINOR, MIN_MINOR,                      \
                               sizeof list / sizeof *list, shown,         NULL};                          \
    for (size_t i = 0; i < sizeof list / sizeof *list; ++i) shown[i] = at_edge(list[i], sizeof *list[i]); \
    ops = host->ops;                                                                                      \
    return at_edge(&plugin, sizeof plugin);                                                               \
  }

/* table[q, k] = q / 2 - k, and a million more at the oldest key -> [1, 1, queries, keys] */
static inline peb_tensor table_of(peb_scope *scope, int64_t queries, int64_t keys) {
  const int64_t column[2] = {queries, 1}, both[4] = {1, 1, queries, keys}, one = 1;
  peb_tensor parts[2], table, oldest;
  table = ops->binary(scope, PEB_SUB,
                      ops->reshape(scope, ops->arange(scope, 0, 0.5, queries, PEB_MODEL), column, 2),
                      ops->arange(scope, 0, 1, keys, PEB_MODEL));
  if (keys == 1) return ops->reshape(scope, table, both, 4);
  parts[0] = ops->full(scope, 1e6, &one, 1, PEB_MODEL);
  const int64_t others = keys - 1;
  parts[1] = ops->full(scope, 0, &others, 1, PEB_MODEL);
  oldest = ops->concat(scope, parts, 2, 0);
  return ops->reshape(scope, ops->binary(scope, PEB_ADD, table, oldest), both, 4);
}

/* scale * q k^T -> [batch, heads, queries, keys] */
static inline peb_tensor scaled_products(peb_scope *scope, const peb_site *site) {
  static const int32_t transposed[4] = {0, 1, 3, 2};
  return ops->scalar(scope, PEB_MUL, ops->matmul(scope, site->q, ops->permute(scope, site->k, transposed, 4)),
                     site->scale);
}
