/* A plugin that does not want this host. */
#include "valid.h"

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  (void)host, (void)plugin;
  return NULL;
}
