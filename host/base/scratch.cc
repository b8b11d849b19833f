#include "host/base/scratch.h"

#include <stdlib.h>

#include <cerrno>
#include <cstring>

#include "host/base/error.h"

namespace pebench::base {
namespace fs = std::filesystem;

ScratchFolder::ScratchFolder(const std::string& purpose) {
  std::error_code error;
  const fs::path folder = fs::temp_directory_path(error);
  if (error)
    throw InputError("there is no folder for temporary files (" + error.message() + "); TMPDIR names one");
  std::string name = (folder / ("pebench-" + purpose + "-XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr)
    throw InputError("cannot create " + name + ": " + std::strerror(errno) + "; TMPDIR names another folder");
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace pebench::base
