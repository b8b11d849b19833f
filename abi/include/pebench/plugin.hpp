/// The C++17 SDK over pebench.h: headers only, nothing to link.
///
/// Derive a class from peb::Encoder (sdk/encoder.hpp lists the hooks), compute with peb::Tensor
/// (sdk/tensor.hpp, sdk/operations.hpp), declare parameters through peb::Build (sdk/build.hpp), and end the
/// file with PEB_PLUGIN.
///
/// Build with pebench_add_plugin() of CMake package pebench-abi, or with the flags of `pkg-config
/// pebench-abi`. Both hide every symbol but the entry. That matters: of two libraries that export a class of
/// the same name, the second uses the statics of the first, in spite of RTLD_LOCAL. The SDK itself is always
/// hidden; whoever builds with other flags keeps -fvisibility=hidden, or puts the classes into an anonymous
/// namespace.
#pragma once

#include "pebench/sdk/border.hpp"
#include "pebench/sdk/build.hpp"
#include "pebench/sdk/custom.hpp"
#include "pebench/sdk/encoder.hpp"
#include "pebench/sdk/error.hpp"
#include "pebench/sdk/operations.hpp"
#include "pebench/sdk/options.hpp"
#include "pebench/sdk/tensor.hpp"

/// Defines the library's entry for one or more encoder classes: PEB_PLUGIN(Learnt), PEB_PLUGIN(Rope, Alibi).
#define PEB_PLUGIN(...)                                                         \
  extern "C" PEB_EXPORT const peb_plugin* peb_plugin_v1(const peb_host* host);  \
  extern "C" PEB_EXPORT const peb_plugin* peb_plugin_v1(const peb_host* host) { \
    return peb::border::plugin<__VA_ARGS__>(host);                              \
  }
