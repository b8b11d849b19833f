#pragma once

#include <pebench/pebench.h>

namespace pebench::plugin {

/// A host whose operations all fail, for reading descriptors without LibTorch. Static.
const peb_host& stub_host();

}  // namespace pebench::plugin
