#pragma once

#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace pebench::base {

/// What the system refuses, as a sentence: "cannot read /data/x: Permission denied; choose another path or
/// change its permissions". Very long paths are shown by both ends.
std::string cannot(std::string_view action, const std::filesystem::path& path, std::error_code reason);

/// Throws that sentence as an InputError.
[[noreturn]] void refuse(std::string_view action, const std::filesystem::path& path, std::error_code reason);

/// What an exception of nlohmann's says, without the name that it begins with:
/// "[json.exception.type_error.302] ".
std::string_view without_name(std::string_view what);

/// How a program ends with an exception that nobody caught: what it says, without the exception's name, and
/// its exit code, 2 where the input or the machine is the reason and 70 (EX_SOFTWARE of sysexits.h) where the
/// program itself is.
struct Refusal {
  std::string sentence;
  int exit_code;
};
Refusal refusal_of(const std::exception& error);

}  // namespace pebench::base
