#include "host/controller/cli/verb_export.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>

#include "host/controller/cli/data_work.h"
#include "host/controller/export/export.h"

namespace pebench::cli {
namespace {

const std::map<std::string, exporting::Format> formats = {{"sqlite", exporting::Format::sqlite},
                                                          {"csv", exporting::Format::csv},
                                                          {"mlflow", exporting::Format::mlflow}};

struct Arguments {
  std::string results, format, out;
  bool ranks = false;
};

int export_results(const Arguments& arguments) {
  const auto suites = contract::find_suites(arguments.results);
  const exporting::Request request{formats.at(arguments.format), arguments.out, arguments.ranks};
  exporting::Exported exported;
  const int ended = DataWork().run([&](DataWork& work) {
    exported = exporting::export_results(suites, request, [&work](std::size_t done, std::size_t all) {
      work.on_next("exporting trials", done, all);
    });
  });
  if (ended != 0) return ended;
  for (const std::string& sentence : exported.damaged) fmt::print(stderr, "damaged: {}\n", sentence);
  std::string outcomes;
  for (const auto& [status, count] : exported.outcomes) outcomes += fmt::format(", {} {}", count, status);
  fmt::print("{}: {}, {} trials planned{}\n", arguments.out, fmt::join(exported.suites, ", "),
             exported.planned, outcomes);
  return 0;
}

}  // namespace

void add_export(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app.add_subcommand(
      "export", "Writes all that the records of a run hold as a database, as tables, or for MLflow");
  verb->add_option("results", arguments->results,
                   "Folder that `pebench run` wrote: a suite's, or one of suites")
      ->required();
  verb->add_option("--format", arguments->format,
                   "sqlite: a database; csv: a folder with a file per table; mlflow: a folder as MLflow's "
                   "file store")
      ->check(CLI::IsMember(formats))
      ->required();
  verb->add_option("--out,--output", arguments->out, "The file or folder to make")->required();
  verb->add_flag("--ranks", arguments->ranks,
                 "Every test user's rank too, and what is recommended; many rows");
  verb->footer(
      "Examples:\n"
      "  pebench export results/quick --format sqlite --out quick.sqlite\n"
      "  pebench export results/quick --format csv --out quick-tables --ranks\n"
      "  pebench export results/quick --format mlflow --out mlruns");
  verb->callback([arguments, &action] { action = [arguments] { return export_results(*arguments); }; });
}

}  // namespace pebench::cli
