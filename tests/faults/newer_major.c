/* A plugin of the next major version of the interface. */
const void *peb_plugin_v2(const void *host);
const void *peb_plugin_v2(const void *host) { return host; }
