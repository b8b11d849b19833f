/* A descriptor without a fault, for the libraries here to damage. */
#define PEB_PLUGIN_IMPL
#include <pebench/pebench.h>

static peb_status create(const peb_host *host, peb_build *build, const peb_config *config,
                         const peb_value *values, void **self) {
  (void)host, (void)build, (void)config, (void)values;
  *self = NULL;
  return PEB_OK;
}

static peb_encoder encoder = {.struct_size = sizeof(peb_encoder),
                              .id = "fault",
                              .name = "A library of the tests",
                              .version = "1.0.0",
                              .option_size = sizeof(peb_option),
                              .create = create};
static const peb_encoder *const encoders[] = {&encoder};
static peb_plugin plugin = {
    .struct_size = sizeof(peb_plugin), .abi_minor = PEB_ABI_MINOR, .n_encoders = 1, .encoders = encoders};
