/* A plugin whose outer struct ends before the members of version 1.0 do. */
#include "valid.h"

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  (void)host;
  plugin.struct_size = offsetof(peb_plugin, encoders);
  return &plugin;
}
