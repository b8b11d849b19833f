#include "host/controller/cli/verb_report.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "host/base/file.h"
#include "host/controller/report/reporter.h"
#include "host/terminal/colour.h"

namespace pebench::cli {
namespace {

struct Arguments {
  std::string results;
  std::string format = "text";
  bool json = false;
  std::string out;
  bool write = false;
};

/// A form of the report and the file that --write gives it.
struct Format {
  const char* name;
  const char* file;
  report::Reporter (*reporter)();
};

report::Reporter plain_text() { return report::text_reporter(false); }

const std::vector<Format>& formats() {
  static const std::vector<Format> all = {{"text", "report.txt", plain_text},
                                          {"markdown", "report.md", report::markdown_reporter},
                                          {"latex", "report.tex", report::latex_reporter},
                                          {"csv", "trials.csv", report::csv_reporter},
                                          {"json", "report.json", report::json_reporter}};
  return all;
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const Format& format : formats()) names.emplace_back(format.name);
  return names;
}

/// All forms, beside the records they are made of.
void write_all(const contract::SuiteFolder& folder, const report::SuiteReport& report) {
  for (const Format& format : formats()) {
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
  if (arguments.write) return 0;
  const std::string name = arguments.json ? "json" : arguments.format;
  for (const Format& format : formats()) {
    if (format.name != name) continue;
    const bool to_terminal = name == "text" && arguments.out.empty();
    const std::string text =
        (to_terminal ? report::text_reporter(terminal::may_colour(stdout)) : format.reporter())(reports);
    if (arguments.out.empty())
      fmt::print("{}", text);
    else
      base::write_atomically(arguments.out, text);
  }
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
  auto* format = verb->add_option("--format", arguments->format, "How to put it")
                     ->check(CLI::IsMember(format_names()))
                     ->capture_default_str();
  auto* json = verb->add_flag("--json", arguments->json, "The same as --format json")->excludes(format);
  auto* out = verb->add_option("--out", arguments->out, "File to write it to");
  verb->add_flag("--write", arguments->write,
                 "Write all formats into the folder `derived` beside the records")
      ->excludes(format)
      ->excludes(json)
      ->excludes(out);
  verb->footer(
      "Examples:\n"
      "  pebench report results/quick\n"
      "  pebench report results/quick --format latex --out table.tex\n"
      "  pebench report results/quick --write");
  verb->callback([arguments, &action] { action = [arguments] { return report(*arguments); }; });
}

}  // namespace pebench::cli
