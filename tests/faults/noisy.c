/* A plugin without a fault that prints, and counts on every operation of the host being there. */
#include <stdio.h>

#include "valid.h"

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  const int64_t size = 1;
  puts("{\"hello\": 1}");
  if (host->ops->full(NULL, 1.0, &size, 1, PEB_F32) != 0 || host->ops->status(NULL) == PEB_OK) return NULL;
  return &plugin;
}
