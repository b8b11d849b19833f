#pragma once

#include <string>
#include <string_view>

namespace pebench::base {

/// The bytes as a gzip file (RFC 1952) without name or time, compressed as far as zlib can.
std::string gzip(std::string_view bytes);

/// The bytes that a gzip file holds. Throws std::runtime_error for one that is damaged or no gzip file.
std::string gunzip(std::string_view file);

}  // namespace pebench::base
