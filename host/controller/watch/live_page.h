#pragma once

#include <string>

#include "host/contract/folder.h"

namespace pebench::watch {

/// How long a page is good for.
constexpr int seconds_between_pages = 5;

/// The page of a suite's report as far as it has come, below what its run is doing; it asks for itself again
/// while the run is `at_work`. What cannot be read is said on the page.
std::string live_page(const contract::SuiteFolder& folder, bool at_work);

}  // namespace pebench::watch
