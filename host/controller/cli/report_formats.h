#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "host/controller/report/reporter.h"

namespace pebench::cli {

/// A form of the report and the file that `report --write` gives it.
struct ReportFormat {
  const char* name;
  const char* file;
  report::Reporter (*reporter)();
};

const std::vector<ReportFormat>& report_formats();

/// How a report is to be shown.
struct ReportOutput {
  std::string format = "text";
  bool json = false;
  std::string out;  ///< a file; empty: standard output

  /// Declares --format, --json and --out.
  void add_to(CLI::App& verb);
  /// Shows them. Throws InputError if the file cannot be written.
  void show(const std::vector<report::SuiteReport>& reports) const;
};

}  // namespace pebench::cli
