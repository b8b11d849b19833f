/* One exported object for every struct and every enum of pebench.h, so that the debug information of this
 * library is a complete description of the contract; abidiff compares it with what a release shipped
 * (pebench.abi). A new struct or enum gets a line here: tests/compat/complete.py says if one is missing. */
#define PEB_PLUGIN_IMPL
#include <pebench.h>

#define SHOW_STRUCT(name) PEB_EXPORT struct name show_##name
#define SHOW_ENUM(name) PEB_EXPORT enum name show_##name

SHOW_STRUCT(peb_view);
SHOW_STRUCT(peb_custom);
SHOW_STRUCT(peb_ops);
SHOW_STRUCT(peb_param_desc);
SHOW_STRUCT(peb_option);
SHOW_STRUCT(peb_value);
SHOW_STRUCT(peb_config);
SHOW_STRUCT(peb_sequence);
SHOW_STRUCT(peb_site);
SHOW_STRUCT(peb_host);
SHOW_STRUCT(peb_encoder);
SHOW_STRUCT(peb_plugin);

SHOW_ENUM(peb_status_code);
SHOW_ENUM(peb_dtype);
SHOW_ENUM(peb_unary_op);
SHOW_ENUM(peb_binary_op);
SHOW_ENUM(peb_along_op);
SHOW_ENUM(peb_option_type);
SHOW_ENUM(peb_init);
SHOW_ENUM(peb_param_flag);
SHOW_ENUM(peb_site_kind);
SHOW_ENUM(peb_role);
SHOW_ENUM(peb_call_flag);
SHOW_ENUM(peb_encoder_flag);
SHOW_ENUM(peb_custom_flag);

/* The types that calls pass by value. */
PEB_EXPORT peb_tensor show_peb_tensor;
PEB_EXPORT peb_param show_peb_param;
PEB_EXPORT peb_status show_peb_status;

const peb_plugin *peb_plugin_v1(const peb_host *host) {
  (void)host;
  return 0;
}
