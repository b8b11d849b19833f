#pragma once

#include <string_view>
#include <vector>

#include "host/contract/check_request.h"

namespace pebench::check {

using Function = Finding (*)(const Subject&);

/// The code of one row of the catalogue.
struct Check {
  std::string_view id;
  Function run;
};

/// One file per group, in the order of the catalogue's rows.
std::vector<Check> library_checks();
std::vector<Check> life_checks();
std::vector<Check> numbers_checks();
std::vector<Check> meaning_checks();

/// All of them.
std::vector<Check> checks();

/// Runs the check of a request in this process. What the library or its encoder makes the host throw is a
/// failure. Throws base::InputError for an id that there is no check of.
Finding run(const Request& request);

/// The child's side of `pebench check`: reads the request, runs its check and writes the finding.
void run_request(const std::filesystem::path& request);

}  // namespace pebench::check
