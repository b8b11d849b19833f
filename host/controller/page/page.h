#pragma once

#include "host/controller/report/reporter.h"

namespace pebench::page {

/// One HTML file with all that it needs: charts by Vega, drawn in the browser, each with its numbers as a
/// table, and the whole report below. It asks the network for nothing.
report::Reporter html_reporter();

}  // namespace pebench::page
