/* A plugin that lets other libraries see a function of its own. */
#include "valid.h"

int helper(void);
int helper(void) { return 1; }

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  (void)host;
  return &plugin;
}
