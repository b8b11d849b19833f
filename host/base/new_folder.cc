#include "host/base/new_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/refusal.h"

namespace pebench::base {
NewFolder::NewFolder(const std::filesystem::path& destination)
    : destination_(base::absolute(destination).lexically_normal()) {
  if (!destination_.has_filename()) destination_ = destination_.parent_path();  // "data/mine/"
  const auto parent = destination_.parent_path();
  std::error_code error;
  std::filesystem::create_directories(parent, error);
  if (error) refuse("create", parent, error);
  std::string temporary = (parent / fmt::format(".{}.XXXXXX", name())).string();
  if (::mkdtemp(temporary.data()) == nullptr)
    refuse("create", destination_, {errno, std::generic_category()});
  temporary_ = temporary;
}

NewFolder::~NewFolder() {
  std::error_code ignored;
  if (!temporary_.empty()) std::filesystem::remove_all(temporary_, ignored);
}

bool NewFolder::appear() {
  std::filesystem::permissions(temporary_, std::filesystem::perms(0755));
  if (::rename(temporary_.c_str(), destination_.c_str()) != 0) {
    if (errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR) return false;
    refuse("create", destination_, {errno, std::generic_category()});
  }
  temporary_.clear();
  sync_folder(destination_.parent_path());
  return true;
}

void refuse_existing(const std::filesystem::path& folder) {
  throw InputError(fmt::format("{} exists already: remove it or name another folder", folder.string()));
}

}  // namespace pebench::base
