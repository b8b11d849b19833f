/* A plugin whose option has flags, which are reserved. */
#include "valid.h"

static const peb_option options[] = {
    {.key = "size", .help = "", .def = 1, .min = 1, .max = 2, .kind = PEB_OPT_INT, .flags = 1}};

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  (void)host;
  encoder.options = options;
  encoder.n_options = 1;
  return &plugin;
}
