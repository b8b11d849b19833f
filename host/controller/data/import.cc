#include "host/controller/data/import.h"

#include <fmt/format.h>

#include <memory>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/hash.h"
#include "host/base/new_folder.h"
#include "host/contract/fields.h"
#include "host/controller/data/dropped_report.h"
#include "host/controller/data/line_order.h"
#include "host/data/files.h"

namespace pebench::data {
namespace {

/// What dataset.json says of where a data set comes from.
nlohmann::json source_of(const std::filesystem::path& folder) {
  const auto path = folder / file::meta;
  return contract::parse_json(base::read_file(path), path.string()).value("source", nlohmann::json());
}

/// Throws InputError for a report that cannot be made, before there is work.
void look_at_report(const std::filesystem::path& report, const Recipe& recipe,
                    const std::filesystem::path& out) {
  if (report.empty()) return;
  if (base::absolute(report).lexically_normal() == base::absolute(out).lexically_normal())
    throw base::InputError(
        fmt::format("--report and --out are both {}: name a file and a folder", out.string()));
  if (!has_steps(recipe))
    throw base::InputError("--report: nothing is left out without a step, such as --min-user-events 5");
  DroppedReport::require_new(report);
}

/// Writes what the recipe keeps, and the report if there is one; the recipe's sentences.
std::vector<std::string> write(Columns columns, const Treatment& treatment, nlohmann::json source,
                               const std::filesystem::path& out) {
  if (treatment.checkpoint) treatment.checkpoint();
  std::unique_ptr<DroppedReport> report;
  if (!treatment.report.empty()) report = std::make_unique<DroppedReport>(treatment.report);
  std::vector<std::string> notes;
  if (has_steps(treatment.recipe)) {
    std::function<void(const DroppedEvent&)> on_dropped;
    if (report) on_dropped = [&](const DroppedEvent& event) { report->add(event); };
    Cooked cooked = cook(std::move(columns), treatment.recipe, on_dropped);
    columns = std::move(cooked.columns);
    source["recipe"] = cooked.steps;
    notes = std::move(cooked.notes);
  }
  if (!write_columns(out, columns, source, treatment.checkpoint)) base::refuse_existing(out);
  if (report) report->keep();
  return notes;
}

}  // namespace

std::vector<std::string> import_files(const std::vector<GivenFile>& files, const Reading& reading,
                                      const std::filesystem::path& out, const Treatment& treatment) {
  if (base::exists(out)) base::refuse_existing(out);
  look_at_report(treatment.report, treatment.recipe, out);
  const bool ignores_order = treatment.line_order == LineOrder::ignore;
  ReadFiles read = read_files(files, reading);
  if (ignores_order && !read.has_times)
    throw base::InputError(
        "--line-order ignore: these files have no times, and without their order nothing is left");
  if (ignores_order && read.is_finer_than_seconds)
    read.notes.push_back(
        "with --line-order ignore events of one second are shuffled, also where their times tell them apart");
  if (!read.has_times && (treatment.recipe.range.from || treatment.recipe.range.to))
    throw base::InputError("--from, --to: these files have no times; leave them out");
  nlohmann::json source = {{"files", read.files}, {"notes", read.notes}};
  if (ignores_order) {
    read.columns = without_line_order(read.columns);
    source["line_order"] = "ignored";
  }
  const auto notes = write(std::move(read.columns), treatment, source, out);
  read.notes.insert(read.notes.end(), notes.begin(), notes.end());
  return read.notes;
}

std::vector<std::string> filter(const std::filesystem::path& folder, const std::filesystem::path& out,
                                const Treatment& treatment) {
  if (base::exists(out)) base::refuse_existing(out);
  if (!has_steps(treatment.recipe))
    throw base::InputError("there is nothing to do: say what to keep, as in --min-user-events 5");
  look_at_report(treatment.report, treatment.recipe, out);
  Columns columns = read_columns(folder);
  const auto source = source_of(folder);
  if (asks(treatment.recipe.raw_core) && source.contains("recipe"))
    throw base::InputError(
        fmt::format("--core raw counts events before anything is left out, and {} is what a recipe left: "
                    "give it to `pebench data import` of the raw files",
                    folder.string()));
  return write(std::move(columns), treatment,
               {{"filtered",
                 {{"path", base::absolute(folder).string()},
                  {"sha256", base::sha256_of_file(folder / file::meta)},
                  {"source", source}}}},
               out);
}

}  // namespace pebench::data
