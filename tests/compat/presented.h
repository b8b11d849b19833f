#pragma once

#include <pebench/pebench.h>

#include <cstddef>

namespace pebench::compat {

/// Bytes of the structs that a host gives to plugins, in one minor version; frozen_sizes.c has the numbers.
struct Sizes {
  std::size_t host, ops, config, sequence, site;
};

/// Whether a struct is given away at the size that was shipped, or at today's with garbage in what is newer.
enum class Extent { shipped, today };

/// A host as a plugin sees that of another minor version. Every struct that it gives to plugins ends where
/// unreadable memory begins, so a plugin that reads more than struct_size bytes crashes, and turns to garbage
/// when the call returns.
///
/// One per process: hooks are plain C functions and find it in a static.
class Presented {
 public:
  /// `real` offers the operations; `sizes` are those of version 1.`minor`.
  Presented(const peb_host& real, std::uint32_t minor, const Sizes& sizes, Extent extent);

  const peb_host& host() const { return *host_; }
  /// `real`, its hooks called with what this host gives. `real` must live as long as its instances; of the
  /// encoders given here the last one is the one that instances can be created of.
  peb_encoder encoder(const peb_encoder& real);

 private:
  const peb_host* host_;
};

}  // namespace pebench::compat
