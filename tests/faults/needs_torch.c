/* A plugin that is linked to a library named like one of LibTorch's. */
#include "valid.h"

int stands_for_torch(void);

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  return host == NULL && stands_for_torch() ? NULL : &plugin;
}
