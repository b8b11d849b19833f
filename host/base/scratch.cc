#include "host/base/scratch.h"

#include <stdlib.h>

#include <cerrno>
#include <cstring>

#include "host/base/error.h"

namespace pebench::base {
namespace fs = std::filesystem;

ScratchFolder::ScratchFolder(const std::string& purpose) {
  std::string name = (fs::temp_directory_path() / ("pebench-" + purpose + "-XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr)
    throw InputError("cannot create " + name + ": " + std::strerror(errno) + "; TMPDIR names another folder");
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace pebench::base
