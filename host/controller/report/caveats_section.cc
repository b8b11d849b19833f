#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "host/controller/report/sections.h"
#include "host/controller/stats/seed_policy.h"

namespace pebench::report {
namespace {

constexpr std::size_t most_failures_listed = 10;

/// Of all encodings everywhere.
std::size_t fewest_seeds(const SuiteReport& report) {
  std::size_t fewest = std::numeric_limits<std::size_t>::max();
  for (const Analysis& analysis : report.analyses)
    for (const DatasetAnalysis& dataset : analysis.datasets)
      for (const EncodingAnalysis& encoding : dataset.encodings) fewest = std::min(fewest, encoding.seeds);
  return fewest;
}

void add_failures(const Overview& overview, Document& document) {
  const std::size_t listed = std::min(overview.failures.size(), most_failures_listed);
  for (std::size_t i = 0; i < listed; ++i) {
    const FailedTrial& failure = overview.failures[i];
    document.push_back(
        Paragraph{fmt::format("failed: {}, {}, seed {}: {}: {} (trials/{}/{}*)",
                              title_of(failure.trial.dataset, failure.trial.sweep), failure.trial.encoding,
                              failure.trial.seed, contract::name_of(failure.status), failure.reason,
                              failure.trial.id.substr(0, 2), failure.trial.id.substr(0, 12))});
  }
  if (listed < overview.failures.size())
    document.push_back(Paragraph{fmt::format("and {} more failed; `pebench report --json` lists them all",
                                             overview.failures.size() - listed)});
}

}  // namespace

Document caveats_section(const SuiteReport& report) {
  Document document;
  if (!report.analyses.empty()) {
    const std::size_t seeds = fewest_seeds(report);
    const std::size_t encodings = report.analyses.front().datasets.front().encodings.size();
    if (stats::evidence(seeds) == stats::Evidence::spread)
      document.push_back(Paragraph{fmt::format("fewer than {} seeds: this is a spread and no verdict",
                                               stats::seeds_for(stats::Evidence::weak_means))});
    else
      document.push_back(
          Paragraph{stats::seed_policy(seeds, encodings - 1, report.study.lock.judgement.alpha)});
  }
  const auto& later = report.study.lock.later_seeds;
  if (!later.empty())
    document.push_back(
        Paragraph{fmt::format("seeds added when there were results already: {}; p values do not allow for "
                              "stopping once they please",
                              fmt::join(later, ", "))});
  add_failures(report.overview, document);
  return document;
}

Document compose_summary(const SuiteReport& report) {
  Document document;
  for (auto section : {performance_section, comparison_section, stability_section, datasets_section,
                       attribution_section, claims_section, caveats_section})
    for (Block& block : section(report)) document.push_back(std::move(block));
  return document;
}

Document compose(const SuiteReport& report) {
  Document document = compose_summary(report);
  for (Block& block : figures_section(report)) document.push_back(std::move(block));
  return document;
}

}  // namespace pebench::report
