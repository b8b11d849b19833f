/* A plugin that needs a minor version that is not out yet. */
#include "valid.h"

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  (void)host;
  plugin.abi_minor = plugin.min_minor = PEB_ABI_MINOR + 1;
  return &plugin;
}
