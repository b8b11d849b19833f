/* A plugin that copies the host's struct as if it were as long as its own. */
#include "valid.h"

static peb_host copy;

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  copy = *host;
  return copy.ops == NULL ? NULL : &plugin;
}
