#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "host/controller/speed/group.h"

namespace pebench::speed {

struct Outcome {
  int signal = 0;                     ///< that ended it early, 0 if none did
  std::vector<std::string> failures;  ///< a sentence for each encoding and group that could not be measured
};

/// Measures the groups that have no file yet, one after another, by `program` (pebench-trial), and says how
/// far it is: on a terminal in a line that is redrawn, elsewhere in a line for each group. A group that fails
/// leaves nothing behind. Throws InputError if the program cannot be started.
Outcome measure(const std::vector<Group>& groups, const std::filesystem::path& program, std::FILE* file);

}  // namespace pebench::speed
