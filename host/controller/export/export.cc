#include "host/controller/export/export.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/new_folder.h"
#include "host/base/refusal.h"
#include "host/controller/export/csv.h"
#include "host/controller/export/mlflow.h"
#include "host/controller/export/rows.h"
#include "host/controller/export/sqlite.h"

namespace pebench::exporting {
namespace {

namespace fs = std::filesystem;

/// A link that leads nowhere is something, too.
bool is_taken(const fs::path& place) {
  return base::exists(place) || fs::is_symlink(fs::symlink_status(place));
}

/// Refused before there is work.
void look_at(const Request& request) {
  if (request.out.empty()) throw base::InputError("--out: name the file or folder to make");
  if (is_taken(request.out)) base::refuse_existing(request.out);
  if (request.ranks && request.format == Format::mlflow)
    throw base::InputError("--ranks: MLflow has no place for ranks; take --format sqlite or csv");
}

std::vector<Source> read(const std::vector<contract::SuiteFolder>& suites) {
  std::vector<Source> sources;
  std::map<std::string, fs::path> folders;
  for (const contract::SuiteFolder& folder : suites) {
    sources.push_back({folder, report::read_study(folder)});
    const std::string& name = sources.back().study.lock.suite;
    const auto [other, is_first] = folders.emplace(name, folder.path());
    if (!is_first)
      throw base::InputError(fmt::format("{} and {} are both called {}: export them one by one",
                                         other->second.string(), folder.path().string(), name));
  }
  return sources;
}

Exported told_of(const std::vector<Source>& sources) {
  Exported told;
  for (const Source& source : sources) {
    const report::Study& study = source.study;
    told.suites.push_back(study.lock.suite);
    told.planned += study.lock.trials.size();
    for (const report::DamagedTrial& damaged : study.damaged) told.damaged.push_back(damaged.what);
    const auto records = report::records_of(study);
    for (const results::LockedTrial& trial : study.lock.trials)
      if (const auto found = records.find(trial.id); found != records.end())
        ++told.outcomes[std::string(contract::name_of(found->second->result.status))];
  }
  return told;
}

/// A single file that was written in the folder, into its place.
void move_out(const fs::path& file, const fs::path& place) {
  if (is_taken(place)) base::refuse_existing(place);
  std::error_code error;
  fs::rename(file, place, error);
  if (error) base::refuse("create", place, error);
  base::sync_folder(place.parent_path());
}

}  // namespace

Exported export_results(const std::vector<contract::SuiteFolder>& suites, const Request& request,
                        const Progress& progress) {
  look_at(request);
  const std::vector<Source> sources = read(suites);
  Exported exported = told_of(sources);
  base::NewFolder scratch(request.out);
  std::size_t done = 0;
  const auto on_trial = [&] {
    if (progress) progress(done, exported.planned);
    ++done;
  };
  const auto tables = schema().tables(request.ranks);
  switch (request.format) {
    case Format::sqlite: {
      const fs::path file = scratch.path() / scratch.name();
      SqliteSink sink(file, tables);
      add_rows(sources, request.ranks, on_trial, sink);
      sink.finish();
      move_out(file, scratch.place());
      return exported;
    }
    case Format::csv: {
      CsvSink sink(scratch.path(), tables);
      add_rows(sources, request.ranks, on_trial, sink);
      sink.finish();
      break;
    }
    case Format::mlflow:
      write_mlflow(sources, scratch.path(), scratch.place(), on_trial);
  }
  if (!scratch.appear()) base::refuse_existing(request.out);
  return exported;
}

}  // namespace pebench::exporting
