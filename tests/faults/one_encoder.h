/* The rest of a library with one encoder, included at its end: after `ops`, ID, `options`, create(), input()
 * and, where there is a begin(), BEGIN. */
#ifndef BEGIN
#define BEGIN NULL
#endif

static const peb_encoder encoder = {.struct_size = sizeof(peb_encoder),
                                    .id = ID,
                                    .name = "An encoder of the tests",
                                    .version = "1.0.0",
                                    .options = options,
                                    .n_options = 1,
                                    .option_size = sizeof(peb_option),
                                    .create = create,
                                    .destroy = free,
                                    .begin = BEGIN,
                                    .input = input};
static const peb_encoder *const encoders[] = {&encoder};
static const peb_plugin plugin = {
    .struct_size = sizeof(peb_plugin), .abi_minor = PEB_ABI_MINOR, .n_encoders = 1, .encoders = encoders};

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  ops = host->ops;
  return &plugin;
}
