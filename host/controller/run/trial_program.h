#pragma once

#include <filesystem>

namespace pebench::run {

/// pebench-trial: what PEBENCH_TRIAL names, else the one beside this executable. Throws InputError if it
/// cannot be executed.
std::filesystem::path trial_program();

}  // namespace pebench::run
