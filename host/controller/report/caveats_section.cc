#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "host/controller/report/mixture.h"
#include "host/controller/report/sections.h"
#include "host/controller/stats/seed_policy.h"

namespace pebench::report {
namespace {

constexpr std::size_t most_failures_listed = 10;
constexpr std::size_t most_files_listed = 3;

/// The most seeds that an encoding has anywhere.
std::size_t most_seeds(const SuiteReport& report) {
  std::size_t most = 0;
  for (const Analysis& analysis : report.analyses)
    for (const DatasetAnalysis& dataset : analysis.datasets)
      for (const EncodingAnalysis& encoding : dataset.encodings) most = std::max(most, encoding.seeds);
  return most;
}

constexpr std::size_t most_listed = 10;

using Sentence = std::optional<std::string>;

/// A sentence for each encoding that `say` has one for; of many the first.
template <class Say>
void add_of_encodings(const SuiteReport& report, Document& document, const Say& say) {
  std::size_t count = 0;
  for (const Analysis& analysis : report.analyses)
    for (const DatasetAnalysis& dataset : analysis.datasets)
      for (const EncodingAnalysis& encoding : dataset.encodings) {
        const Sentence text = say(title_of(dataset.dataset, analysis.sweep), encoding);
        if (text && ++count <= most_listed) document.push_back(Paragraph{*text});
      }
  if (count > most_listed)
    document.push_back(
        Paragraph{fmt::format("and {} more like it; --json has them all", count - most_listed)});
}

void add_policy(const SuiteReport& report, Document& document) {
  const std::size_t seeds = most_seeds(report);
  std::size_t comparisons = 0;
  for (const DatasetAnalysis& dataset : report.analyses.front().datasets)
    comparisons += dataset.against_baseline.size();
  if (stats::evidence(seeds) == stats::Evidence::spread)
    document.push_back(Paragraph{fmt::format("fewer than {} seeds: this is a spread and no verdict",
                                             stats::seeds_for(stats::Evidence::weak_means))});
  else
    document.push_back(Paragraph{
        stats::seed_policy(seeds, comparisons, report.claims.size(), report.study.lock.judgement.alpha)});
  add_of_encodings(report, document,
                   [&](const std::string& title, const EncodingAnalysis& encoding) -> Sentence {
                     if (encoding.copies == 0 && encoding.seeds < seeds)
                       return fmt::format("{}: {} has {} of {} seeds, and verdicts accordingly", title,
                                          encoding.encoding, encoding.seeds, seeds);
                     return std::nullopt;
                   });
}

void add_at_chance(const SuiteReport& report, Document& document) {
  add_of_encodings(report, document,
                   [&](const std::string& title, const EncodingAnalysis& encoding) -> Sentence {
                     if (encoding.at_chance.value_or(0) > 0)
                       return fmt::format(
                           "{}: {} of {} trials of {} are not shown to hit more often than chance does "
                           "(one-sided, 1 %); they keep their values",
                           title, *encoding.at_chance, encoding.measured, encoding.encoding);
                     return std::nullopt;
                   });
}

void add_copies(const SuiteReport& report, Document& document) {
  add_of_encodings(
      report, document, [&](const std::string& title, const EncodingAnalysis& encoding) -> Sentence {
        if (encoding.copies > 0)
          return fmt::format(
              "{}: the {} trials of {} gave the same numbers: nothing varies between its seeds, so they are "
              "copies of one trial and count as one",
              title, encoding.copies, encoding.encoding);
        return std::nullopt;
      });
}

/// Whether some trial here was run with this setting ("/protocol/attention") at this value.
bool has_trials_with(const Study& study, const std::string& setting, const std::string& value) {
  const nlohmann::json::json_pointer place("/settings" + setting);
  for (const TrialTable& table : study.tables)
    for (const EncodingTrials& trials : table.encodings)
      for (const auto& record : trials.records)
        if (record && record->identity.contains(place) && record->identity[place] == value) return true;
  return false;
}

/// What an encoding of nothing is worth as a control.
void add_control(const Study& study, Document& document) {
  if (has_trials_with(study, "/protocol/attention", "causal"))
    document.push_back(Paragraph{
        "attention = \"causal\": the mask itself tells the model the order of events (arXiv 2203.16634, "
        "2305.19466), so that an encoding of nothing is no order-blind control; under \"prefix\" it is one"});
  if (has_trials_with(study, "/model/backbone", "sasrec"))
    document.push_back(
        Paragraph{"backbone = \"sasrec\": scores are read off the state of the newest event, so that without "
                  "an encoding the model "
                  "still knows which event that is, under \"prefix\" too"});
}

/// What a trial without a value counts as.
const char* account_of(const FailedTrial& failure, const Study& study) {
  if (failure.outcome != Outcome::failed) return "stopped, counted nowhere";
  for (const TrialTable& table : study.tables)
    if (table.dataset == failure.trial.dataset && table.sweep == failure.trial.sweep &&
        chance_of(table, study.lock.primary))
      return "failed, counted at chance";
  return "failed, counted nowhere for want of a chance level";
}

void add_failures(const SuiteReport& report, Document& document) {
  const Overview& overview = report.overview;
  const std::size_t listed = std::min(overview.failures.size(), most_failures_listed);
  for (std::size_t i = 0; i < listed; ++i) {
    const FailedTrial& failure = overview.failures[i];
    std::string text =
        fmt::format("{}: {}, {}, seed {}: {}: {}", account_of(failure, report.study),
                    title_of(failure.trial.dataset, failure.trial.sweep), failure.trial.encoding,
                    failure.trial.seed, contract::name_of(failure.status), failure.reason);
    if (!report.study.origin)
      text += fmt::format(" (trials/{}/{}*)", failure.trial.id.substr(0, 2), failure.trial.id.substr(0, 12));
    document.push_back(Paragraph{std::move(text)});
  }
  if (listed < overview.failures.size())
    document.push_back(Paragraph{fmt::format("and {} more without a value; --json lists them all",
                                             overview.failures.size() - listed)});
  if (!overview.failures.empty() && !report.study.origin)
    document.push_back(Paragraph{"`pebench run SUITE --retry failed` runs again what failed or was stopped"});
}

std::string origin_text(const Origin& origin) {
  std::vector<std::string> files;
  for (const Origin::File& file : origin.files)
    files.push_back(fmt::format("{} (SHA-256 {}...)", file.name, file.sha256.substr(0, 12)));
  const std::size_t listed = std::min(files.size(), most_files_listed);
  std::string text =
      fmt::format("not run here: read from {}",
                  fmt::join(files.begin(), files.begin() + static_cast<std::ptrdiff_t>(listed), ", "));
  if (listed < files.size()) text += fmt::format(" and {} more files", files.size() - listed);
  return text + "; cannot be replayed";
}

}  // namespace

Document caveats_section(const SuiteReport& report) {
  Document document;
  if (const auto& origin = report.study.origin) {
    document.push_back(Paragraph{origin_text(*origin)});
    for (const std::string& note : origin->notes) document.push_back(Paragraph{note});
  }
  if (!report.analyses.empty()) {
    add_policy(report, document);
    add_copies(report, document);
    add_at_chance(report, document);
  }
  add_control(report.study, document);
  for (const std::string& warning : report.study.lock.warnings) document.push_back(Paragraph{warning});
  const auto& later = report.study.lock.later_seeds;
  if (!later.empty())
    document.push_back(
        Paragraph{fmt::format("seeds added when there were results already: {}; p values do not allow for "
                              "stopping once they please",
                              fmt::join(later, ", "))});
  for (const Mixture& mixture : mixtures_of(report.study)) document.push_back(Paragraph{text_of(mixture)});
  add_failures(report, document);
  return document;
}

Document compose_summary(const SuiteReport& report) {
  Document document;
  for (auto section :
       {damage_section, worth_section, performance_section, comparison_section, users_section,
        stability_section, churn_section, price_section, datasets_section, known_answer_section,
        carry_over_section, attribution_section, claims_section, caveats_section})
    for (Block& block : section(report)) document.push_back(std::move(block));
  return document;
}

Document compose(const SuiteReport& report) {
  Document document = compose_summary(report);
  for (auto section : {user_side_section, training_section, figures_section})
    for (Block& block : section(report)) document.push_back(std::move(block));
  return document;
}

}  // namespace pebench::report
