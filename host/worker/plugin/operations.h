#pragma once

#include <pebench/pebench.h>

namespace pebench::plugin {

/// The host's table of differentiable operations over LibTorch. Static; never freed.
const peb_ops& operations();

}  // namespace pebench::plugin
