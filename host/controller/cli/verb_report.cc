#include "host/controller/cli/verb_report.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "host/base/file.h"
#include "host/controller/cli/report_formats.h"
#include "host/controller/page/figures.h"

namespace pebench::cli {
namespace {

struct Arguments {
  std::string results;
  ReportOutput output;
  bool write = false;
  std::string figures;
};

/// All forms, beside the records they are made of.
void write_all(const contract::SuiteFolder& folder, const report::SuiteReport& report) {
  for (const ReportFormat& format : report_formats()) {
    const std::filesystem::path path = folder.path() / "derived" / format.file;
    base::write_atomically(path, format.reporter()({report}));
    fmt::print("{}\n", path.string());
  }
}

int report(const Arguments& arguments) {
  std::vector<report::SuiteReport> reports;
  for (const contract::SuiteFolder& folder : contract::find_suites(arguments.results)) {
    reports.push_back(report::make_report(folder));
    if (arguments.write) write_all(folder, reports.back());
  }
  if (!arguments.figures.empty())
    for (const std::string& file : page::write_figures(reports, arguments.figures)) fmt::print("{}\n", file);
  else if (!arguments.write)
    arguments.output.show(reports);
  return 0;
}

}  // namespace

void add_report(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app.add_subcommand(
      "report", "Shows what a run says: tables, statistics, claims, from its records alone");
  verb->add_option("results", arguments->results,
                   "Folder that `pebench run` wrote: a suite's, or one of suites")
      ->required();
  arguments->output.add_to(*verb);
  CLI::Option* write = verb->add_flag("--write", arguments->write,
                                      "Write all formats into the folder `derived` beside the records");
  CLI::Option* figures = verb->add_option("--figures", arguments->figures,
                                          "Write the page's charts into a new folder, as SVG, as PDF where "
                                          "rsvg-convert is, with captions; needs node");
  for (const char* other : {"--format", "--json", "--out"}) {
    write->excludes(verb->get_option(other));
    figures->excludes(verb->get_option(other));
  }
  write->excludes(figures);
  verb->footer(
      "Examples:\n"
      "  pebench report results/quick\n"
      "  pebench report results/quick --format latex --out table.tex\n"
      "  pebench report results/quick --format html --out quick.html\n"
      "  pebench report results/quick --figures quick-figures\n"
      "  pebench report results/quick --write");
  verb->callback([arguments, &action] { action = [arguments] { return report(*arguments); }; });
}

}  // namespace pebench::cli
