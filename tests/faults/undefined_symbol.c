/* A plugin that calls a function which nobody defines: bound lazily it would load, and end the trial in the
 * middle. */
#include "valid.h"

void nowhere_defined(void);

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  if (host == NULL) nowhere_defined();
  return &plugin;
}
