/* A plugin that never answers. */
#include <unistd.h>

#include "valid.h"

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  (void)host, (void)plugin;
  for (;;) pause();
}
