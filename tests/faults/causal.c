/* It claims PEB_IS_CAUSAL. */
#include "valid.h"

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  (void)host;
  encoder.flags = PEB_IS_CAUSAL;
  return &plugin;
}
