#include "host/controller/cli/report_formats.h"

#include <fmt/format.h>

#include <cstdio>

#include "host/base/file.h"
#include "host/controller/page/page.h"
#include "host/terminal/colour.h"
#include "host/terminal/columns.h"

namespace pebench::cli {
namespace {

report::Reporter plain_text() { return report::text_reporter(false); }

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const ReportFormat& format : report_formats()) names.emplace_back(format.name);
  return names;
}

}  // namespace

const std::vector<ReportFormat>& report_formats() {
  static const std::vector<ReportFormat> all = {{"text", "report.txt", plain_text},
                                                {"markdown", "report.md", report::markdown_reporter},
                                                {"latex", "report.tex", report::latex_reporter},
                                                {"html", "report.html", page::html_reporter},
                                                {"csv", "trials.csv", report::csv_reporter},
                                                {"json", "report.json", report::json_reporter}};
  return all;
}

void ReportOutput::add_to(CLI::App& verb) {
  auto* format = verb.add_option("--format", this->format, "How to put it")
                     ->check(CLI::IsMember(format_names()))
                     ->capture_default_str();
  verb.add_flag("--json", json, "The same as --format json")->excludes(format);
  verb.add_option("--out", out, "File to write it to");
}

void ReportOutput::show(const std::vector<report::SuiteReport>& reports) const {
  const std::string name = json ? "json" : format;
  for (const ReportFormat& known : report_formats()) {
    if (known.name != name) continue;
    const bool to_terminal = name == "text" && out.empty();
    const std::string text =
        (to_terminal ? report::text_reporter(terminal::may_colour(stdout), terminal::columns_of(stdout))
                     : known.reporter())(reports);
    if (out.empty())
      fmt::print("{}", text);
    else
      base::write_atomically(out, text);
  }
}

}  // namespace pebench::cli
