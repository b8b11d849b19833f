#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/controller/page/chart.h"
#include "host/controller/report/reporter.h"

namespace pebench::page {

/// What a run is doing, above its report as far as it has come.
struct Live {
  std::string headline;
  std::vector<report::TableBlock> tables;
  std::vector<Chart> charts;
  int seconds_to_next = 0;  ///< after which the page asks for itself again; 0: it stays
};

/// The page of html_reporter(), and of a run where there is one.
std::string page_of(const std::vector<report::SuiteReport>& reports, const std::optional<Live>& live = {});

/// One HTML file with all that it needs: charts by Vega, drawn in the browser, each with its numbers as a
/// table, and the whole report below. It asks the network for nothing.
report::Reporter html_reporter();

}  // namespace pebench::page
