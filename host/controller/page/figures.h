#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/controller/report/suite_report.h"

namespace pebench::page {

/// Writes the charts of a report into a folder: NAME.svg, NAME.pdf where rsvg-convert is on the PATH, and
/// NAME.vega.json, what it is drawn of; and captions.md, which says of each what it shows and of how many
/// seeds. Gives the names of the files. Throws InputError without node, Vega or a chart, and where the folder
/// exists; nothing is left of it then.
std::vector<std::string> write_figures(const std::vector<report::SuiteReport>& reports,
                                       const std::filesystem::path& folder);

}  // namespace pebench::page
