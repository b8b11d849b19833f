/* A plugin that copies the host's operations as if there were as many as it knows. */
#include "valid.h"

static peb_ops copy;

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  copy = *host->ops;
  return copy.status == NULL ? NULL : &plugin;
}
