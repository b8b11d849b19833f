#include "host/controller/data/new_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/refusal.h"
#include "host/data/files.h"

namespace pebench::data {
namespace {

/// Makes a rename within the folder outlive a loss of power, where the file system allows it.
void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

/// Others may have a file of that name too.
bool is_dataset(const std::filesystem::path& folder) {
  if (!base::exists(folder / file::meta)) return false;
  const auto meta =
      nlohmann::json::parse(base::read_file(folder / file::meta), nullptr, /*allow_exceptions=*/false);
  return meta.is_object() && meta.contains("events_hash");
}

}  // namespace

NewFolder::NewFolder(const std::filesystem::path& destination)
    : destination_(base::absolute(destination).lexically_normal()) {
  if (!destination_.has_filename()) destination_ = destination_.parent_path();  // "data/mine/"
  const auto parent = destination_.parent_path();
  for (auto above = parent; above.has_relative_path(); above = above.parent_path())
    if (is_dataset(above))
      throw base::InputError(fmt::format("{} would lie within the data set {}: name a folder beside it",
                                         destination_.string(), above.string()));
  std::error_code error;
  std::filesystem::create_directories(parent, error);
  if (error) base::refuse("create", parent, error);
  std::string temporary = (parent / fmt::format(".{}.XXXXXX", name())).string();
  if (::mkdtemp(temporary.data()) == nullptr)
    base::refuse("create", destination_, {errno, std::generic_category()});
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
    base::refuse("create", destination_, {errno, std::generic_category()});
  }
  temporary_.clear();
  sync_folder(destination_.parent_path());
  return true;
}

void refuse_existing(const std::filesystem::path& folder) {
  throw base::InputError(fmt::format("{} exists already: remove it or name another folder", folder.string()));
}

}  // namespace pebench::data
