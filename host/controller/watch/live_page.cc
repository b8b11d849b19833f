#include "host/controller/watch/live_page.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/controller/page/page.h"
#include "host/controller/report/suite_report.h"
#include "host/controller/watch/work.h"
#include "host/terminal/duration.h"

namespace pebench::watch {
namespace {

constexpr std::size_t most_failed = 20;

std::string title_of(const results::LockedTrial& trial) {
  return fmt::format("{}, {}, seed {}", report::title_of(trial.dataset, trial.sweep), trial.encoding,
                     trial.seed);
}

std::string headline_of(const Work& work, bool at_work) {
  std::string text = fmt::format("{} of {} trials are done", work.done, work.planned);
  if (work.failed > 0) text += fmt::format(", {} of them failed", work.failed);
  if (!at_work) return text + "; the run has ended.";
  if (work.seconds_left) text += fmt::format("; about {} left", terminal::duration_text(*work.seconds_left));
  return text + ".";
}

report::TableBlock table_of(const std::vector<RunningTrial>& running) {
  report::TableBlock table{"at work", {{"trial", true}, {"done"}, {"epochs"}, {"validation"}, {"best"}}, {}};
  for (const RunningTrial& trial : running) {
    double best = 0;
    for (const auto& [epoch, value] : trial.validation) best = std::max(best, value);
    const bool any = !trial.validation.empty();
    table.rows.push_back({{{title_of(trial.trial)},
                           {fmt::format("{:.0f} %", 100 * trial.fraction)},
                           {std::to_string(trial.validation.size())},
                           {any ? fmt::format("{:.4f}", trial.validation.back().second) : "n/a"},
                           {any ? fmt::format("{:.4f}", best) : "n/a"}},
                          report::Row::Tone::plain});
  }
  return table;
}

report::TableBlock table_of(const std::vector<report::FailedTrial>& failures) {
  report::TableBlock table{"failed", {{"trial", true}, {"its last words", true}}, {}};
  for (std::size_t i = 0; i < std::min(most_failed, failures.size()); ++i)
    table.rows.push_back({{{title_of(failures[i].trial)}, {failures[i].reason}}, report::Row::Tone::failed});
  if (failures.size() > most_failed)
    table.rows.push_back(
        {{{fmt::format("and {} more", failures.size() - most_failed)}, {}}, report::Row::Tone::reference});
  return table;
}

page::Chart chart_of(const std::vector<RunningTrial>& running) {
  page::CurveChart drawn{"epoch", "validation", {}};
  page::Chart chart;
  chart.title = "validation of the trials at work";
  chart.caption = "A line for every trial that runs; those that have ended are below.";
  chart.numbers = table_of(running);
  for (std::size_t i = 0; i < running.size(); ++i)
    drawn.curves.push_back({fmt::format("{} {}", running[i].trial.encoding, running[i].trial.seed),
                            page::colour(i), title_of(running[i].trial), false, running[i].validation});
  chart.specification = specification_of(drawn);
  return chart;
}

}  // namespace

std::string live_page(const contract::SuiteFolder& folder, bool at_work) {
  page::Live live;
  if (at_work) live.seconds_to_next = seconds_between_pages;
  try {
    const report::SuiteReport report = report::make_report(folder);
    const Work work = work_in(folder, report.study);
    live.headline = headline_of(work, at_work);
    if (!work.running.empty()) {
      live.tables.push_back(table_of(work.running));
      live.charts.push_back(chart_of(work.running));
    }
    if (!report.overview.failures.empty()) live.tables.push_back(table_of(report.overview.failures));
    return page::page_of({report}, live);
  } catch (const base::InputError& error) {
    live.headline = error.what();
    return page::page_of({}, live);
  }
}

}  // namespace pebench::watch
