/* A plugin whose encoder ends before the members of version 1.0 do. */
#include "valid.h"

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  (void)host;
  encoder.struct_size = offsetof(peb_encoder, output);
  return &plugin;
}
