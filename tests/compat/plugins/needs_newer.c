/* A plugin that cannot do without what its minor version added, and says so. */
#define MIN_MINOR PEB_ABI_MINOR
#include "plugin.h"

ENCODER(needs_newer, 0, .create = stateless);
PLUGIN(&needs_newer)
