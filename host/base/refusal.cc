#include "host/base/refusal.h"

#include <fmt/format.h>

#include <new>

#include "host/base/error.h"

namespace pebench::base {
namespace {

constexpr int bad_input = 2, internal_error = 70;

std::string shown(const std::filesystem::path& path) {
  constexpr std::size_t longest = 300, end = 100;
  const std::string& text = path.native();
  if (text.size() <= longest) return text;
  return fmt::format("{}...{} ({} bytes)", text.substr(0, end), text.substr(text.size() - end), text.size());
}

std::string_view remedy(std::error_code reason) {
  if (reason == std::errc::filename_too_long) return "choose a shorter path";
  if (reason == std::errc::permission_denied || reason == std::errc::operation_not_permitted)
    return "choose another path or change its permissions";
  if (reason == std::errc::read_only_file_system) return "choose another path";
  if (reason == std::errc::not_a_directory) return "a part of the path is a file; choose another path";
  if (reason == std::errc::too_many_symbolic_link_levels) return "its symbolic links lead nowhere; mend them";
  if (reason == std::errc::no_space_on_device) return "make room on the disk";
  return "check the path";
}

std::string sentence_of(const std::filesystem::filesystem_error& error) {
  if (error.path1().empty() && error.code() == std::errc::no_such_file_or_directory)
    return "the working folder is gone; change to one that exists";
  return cannot("use", error.path1(), error.code());
}

}  // namespace

std::string cannot(std::string_view action, const std::filesystem::path& path, std::error_code reason) {
  return fmt::format("cannot {} {}: {}; {}", action, shown(path), reason.message(), remedy(reason));
}

void refuse(std::string_view action, const std::filesystem::path& path, std::error_code reason) {
  throw InputError(cannot(action, path, reason));
}

std::string_view without_name(std::string_view what) {
  if (what.substr(0, 1) != "[" || what.find("] ") == std::string_view::npos) return what;
  return what.substr(what.find("] ") + 2);
}

Refusal refusal_of(const std::exception& error) {
  if (dynamic_cast<const InputError*>(&error) != nullptr) return {error.what(), bad_input};
  if (const auto* refused = dynamic_cast<const std::filesystem::filesystem_error*>(&error))
    return {sentence_of(*refused), bad_input};
  if (const auto* refused = dynamic_cast<const std::system_error*>(&error))
    return {fmt::format("the system refuses what this needs: {}; close other programs or raise its limits",
                        refused->code().message()),
            bad_input};
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr)
    return {"there is not enough memory; take fewer data, a smaller model or fewer workers", bad_input};
  return {fmt::format("a fault of pebench itself; please report it with what you did ({})",
                      without_name(error.what())),
          internal_error};
}

}  // namespace pebench::base
