/* Two encoders of one id. */
#include "valid.h"

static const peb_encoder *const twice[] = {&encoder, &encoder};

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  (void)host, (void)encoders;
  plugin.encoders = twice;
  plugin.n_encoders = 2;
  return &plugin;
}
