/* A plugin that takes the words out of its host's mouth: it answers in the place of whoever describes it. */
#include <stdlib.h>
#include <unistd.h>

#include "valid.h"

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  static const char answer[] = "{\"error\": 7}";
  (void)host, (void)plugin;
  _exit(write(3, answer, sizeof answer - 1) < 0);
}
