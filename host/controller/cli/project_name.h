#pragma once

#include <string>

namespace pebench::cli {

/// Refuses a project's name that no encoding can have, or that the language, its tools or the suites keep for
/// themselves. Throws base::InputError.
void check_project_name(const std::string& name, const std::string& language);

}  // namespace pebench::cli
