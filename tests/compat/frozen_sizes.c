/* How large the structs were that a host of this header's minor version gives to plugins: compiled once with
 * every pebench.h that a release shipped. The order is that of Sizes in presented.h. */
#include <pebench.h>

extern const size_t COMPAT_SIZES[5];
const size_t COMPAT_SIZES[5] = {sizeof(peb_host), sizeof(peb_ops), sizeof(peb_config), sizeof(peb_sequence),
                                sizeof(peb_site)};
