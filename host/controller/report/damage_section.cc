#include <fmt/format.h>

#include "host/controller/report/sections.h"

namespace pebench::report {
namespace {

constexpr std::size_t most_listed = 10;

}  // namespace

Document damage_section(const SuiteReport& report) {
  Document document;
  for (const std::string& what : report.study.damaged_speeds)
    document.push_back(Paragraph{"DAMAGED, and left out below: " + what});
  const auto& damaged = report.study.damaged;
  if (damaged.empty()) return document;
  document.push_back(Paragraph{
      fmt::format("DAMAGED: {} of {} trials are not as they were written and count as missing below; "
                  "`pebench run` puts them aside and runs them again",
                  damaged.size(), report.study.lock.trials.size())});
  for (std::size_t i = 0; i < std::min(damaged.size(), most_listed); ++i) {
    const results::LockedTrial& trial = damaged[i].trial;
    document.push_back(
        Paragraph{fmt::format("damaged: {}, {}, seed {}: {}", title_of(trial.dataset, trial.sweep),
                              trial.encoding, trial.seed, damaged[i].what)});
  }
  if (damaged.size() > most_listed)
    document.push_back(
        Paragraph{fmt::format("and {} more; `pebench verify` lists them all", damaged.size() - most_listed)});
  return document;
}

}  // namespace pebench::report
