#include "host/controller/page/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "host/controller/report/metric_names.h"
#include "host/controller/report/sections.h"
#include "host/controller/report/worth.h"

namespace pebench::page {
namespace {

/// The comment that the suite opens with, an empty line of it ending a paragraph.
std::vector<std::string> opening_comment(const std::string& text) {
  std::vector<std::string> paragraphs;
  std::istringstream lines(text);
  bool begins = true;
  for (std::string line; std::getline(lines, line) && !line.empty() && line.front() == '#';) {
    const std::size_t from = line.find_first_not_of("# \t");
    if (from == std::string::npos) {
      begins = true;
      continue;
    }
    if (begins) paragraphs.emplace_back();
    paragraphs.back() += (begins ? "" : " ") + line.substr(from);
    begins = false;
  }
  return paragraphs;
}

/// Splits behind the first question mark or full stop that ends a sentence.
std::pair<std::string, std::string> first_sentence(const std::string& text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i)
    if ((text[i] == '?' || text[i] == '.') && text[i + 1] == ' ')
      return {text.substr(0, i + 1), text.substr(i + 2)};
  return {text, {}};
}

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

/// "rope by 12 %" of the baseline's mean.
std::string with_size(const report::PairAnalysis& pair, const report::DatasetAnalysis& dataset) {
  const auto& first = dataset.encodings[pair.first];
  const auto& second = dataset.encodings[pair.second];
  if (!second.mean || *second.mean == 0) return first.encoding;
  return fmt::format("{} ({:+.0f} %)", first.encoding, 100 * pair.mean.difference / std::abs(*second.mean));
}

/// One sentence on means and one on deviation.
void add_verdicts(const report::DatasetAnalysis& dataset, const nlohmann::json& sweep,
                  const results::SuiteLock& lock, std::vector<std::string>& sentences) {
  std::vector<std::string> better, worse, open, steadier, less_steady, withheld;
  bool weak = false, exploratory = false, decides = false;
  for (const report::PairAnalysis& pair : dataset.against_baseline) {
    const std::string& name = dataset.encodings[pair.first].encoding;
    if (pair.withheld) {
      withheld.push_back(name);
      continue;
    }
    if (pair.mean_strength == stats::Strength::none) continue;
    decides = true;
    weak = weak || pair.mean_strength == stats::Strength::weak;
    if (pair.verdicts.direction == stats::Direction::better)
      better.push_back(with_size(pair, dataset));
    else if (pair.verdicts.direction == stats::Direction::worse)
      worse.push_back(with_size(pair, dataset));
    else
      open.push_back(name);
    if (pair.deviation_strength == stats::Strength::none) continue;
    exploratory = exploratory || pair.deviation_strength == stats::Strength::exploratory;
    if (pair.verdicts.stability == stats::Stability::deviates_more) less_steady.push_back(name);
    if (pair.verdicts.stability == stats::Stability::deviates_less) steadier.push_back(name);
  }
  const std::string on = report::title_of(dataset.dataset, sweep);
  if (!decides && withheld.empty()) {
    if (dataset.encodings.size() > 1)
      sentences.push_back(fmt::format("{}: no verdict, which takes {} seeds of each encoding.", on,
                                      stats::seeds_for(stats::Evidence::weak_means)));
    return;
  }
  std::vector<std::string> parts;
  if (!better.empty()) parts.push_back(list_of(better) + " better than " + lock.baseline);
  if (!worse.empty()) parts.push_back(list_of(worse) + " worse than " + lock.baseline);
  if (!open.empty())
    parts.push_back(fmt::format("{} not shown to differ{}", list_of(open),
                                better.empty() && worse.empty() ? " from " + lock.baseline : ""));
  if (!withheld.empty()) parts.push_back(list_of(withheld) + " without a verdict, since trials failed");
  sentences.push_back(fmt::format("{}: {}{}.", on, fmt::join(parts, "; "), weak ? " (weak: few seeds)" : ""));
  parts.clear();
  if (!less_steady.empty())
    parts.push_back(list_of(less_steady) + " deviates more across seeds than " + lock.baseline);
  if (!steadier.empty())
    parts.push_back(list_of(steadier) + " deviates less across seeds than " + lock.baseline);
  if (!parts.empty())
    sentences.push_back(fmt::format("{}: {}{}.", on, fmt::join(parts, "; "),
                                    exploratory ? " (exploratory: fewer than 20 seeds)" : ""));
}

std::vector<std::string> facts_of(const report::SuiteReport& report) {
  std::size_t trials = 0, done = 0;
  std::set<std::string> datasets, encodings;
  std::set<std::uint64_t> seeds;
  for (const report::TrialTable& table : report.study.tables) {
    datasets.insert(table.dataset);
    seeds.insert(table.seeds.begin(), table.seeds.end());
    for (const report::EncodingTrials& one : table.encodings) {
      encodings.insert(one.encoding);
      trials += one.planned;
      done += one.planned - one.missing();
    }
  }
  const auto count = [](std::size_t n, const char* what) {
    return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
  };
  const std::string& primary = report.study.lock.primary;
  std::vector<std::string> facts = {
      fmt::format("{} of {}: {}, {}, {}", done, count(trials, "trial"), count(encodings.size(), "encoding"),
                  count(datasets.size(), "data set"), count(seeds.size(), "seed")),
      fmt::format("judged by {}; baseline {}", report::metric_title(primary), report.study.lock.baseline)};
  if (const std::string ranked = report::ranked_text(primary); !ranked.empty()) facts.push_back(ranked);
  return facts;
}

}  // namespace

Summary summary_of(const report::SuiteReport& report) {
  Summary summary;
  auto paragraphs = opening_comment(report.study.lock.text);
  if (!paragraphs.empty()) {
    auto [question, rest] = first_sentence(paragraphs.front());
    summary.question = question;
    if (!rest.empty()) summary.description.push_back(rest);
    summary.description.insert(summary.description.end(), paragraphs.begin() + 1, paragraphs.end());
  }
  summary.facts = facts_of(report);
  for (const report::Analysis& analysis : report.analyses)
    for (const report::DatasetAnalysis& dataset : analysis.datasets)
      add_verdicts(dataset, analysis.sweep, report.study.lock, summary.verdicts);
  for (const auto& [claim, answer] : report.claims)
    summary.claims.push_back(fmt::format(
        "{}: \u201c{}\u201d ({}; adjusted p {}{})", claims::name_of(answer.conclusion), claim.text,
        report::title_of(claim.dataset.value_or("all data sets"), claim.sweep),
        report::p_text(answer.adjusted_p), answer.strength == stats::Strength::weak ? ", weak" : ""));
  if (const auto shortfall = report::shortfall_of_baseline(report.overview))
    summary.warnings.push_back(*shortfall + ".");
  for (const report::DamagedTrial& damaged : report.study.damaged)
    summary.warnings.push_back(damaged.what + ".");
  for (const std::string& warning : report.study.lock.warnings) summary.warnings.push_back(warning + ".");
  if (!report.overview.failures.empty())
    summary.warnings.push_back(fmt::format("{} trial(s) failed or were stopped; they are listed below.",
                                           report.overview.failures.size()));
  return summary;
}

}  // namespace pebench::page
