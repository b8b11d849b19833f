/* Two encoders in one library. */
#include "valid.h"

static peb_encoder second;
static const peb_encoder *both[] = {&encoder, &second};

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  (void)host, (void)encoders;
  second = encoder;
  second.id = "second";
  plugin.encoders = both;
  plugin.n_encoders = 2;
  return &plugin;
}
