#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace pebench::suite {

/// "90s", "30m", "6h", "2d". Throws base::InputError naming the form.
std::chrono::seconds parse_duration(std::string_view text);

/// "512MiB", "8GiB", "1TiB", and the decimal "8GB"; bytes. Throws base::InputError naming the form.
std::int64_t parse_bytes(std::string_view text);

}  // namespace pebench::suite
