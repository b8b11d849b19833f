#include "host/controller/run/trial_program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "host/base/error.h"
#include "host/base/file.h"

namespace pebench::run {

std::filesystem::path trial_program() {
  const char* named = std::getenv("PEBENCH_TRIAL");
  std::filesystem::path program =
      named != nullptr ? base::absolute(named)
                       : std::filesystem::read_symlink("/proc/self/exe").parent_path() / "pebench-trial";
  std::error_code unknown;
  if (::access(program.c_str(), X_OK) != 0 || std::filesystem::is_directory(program, unknown))
    throw base::InputError(fmt::format(
        "{} is not a program: build pebench-trial with PEBENCH_TORCH=ON, or name it in PEBENCH_TRIAL",
        program.string()));
  return program;
}

}  // namespace pebench::run
