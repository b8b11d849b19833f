#include <fmt/format.h>

#include <algorithm>

#include "host/controller/report/sections.h"
#include "host/controller/stats/rank_biased_overlap.h"

namespace pebench::report {
namespace {

std::string number(const std::optional<double>& value) {
  return value ? fmt::format("{:.4f}", *value) : "n/a";
}

Row row_of(const EncodingChurn& encoding, bool is_baseline) {
  Row row;
  row.cells = {{encoding.encoding},       {std::to_string(encoding.seeds)},
               {number(encoding.alike)},  {encoding.interval ? interval_text(*encoding.interval) : "n/a"},
               {number(encoding.shared)}, {is_baseline ? "" : number(encoding.alike_to_baseline)}};
  const auto& pair = encoding.against_baseline;
  if (is_baseline) row.tone = Row::Tone::reference;
  if (!pair || pair->seeds < 3) {
    row.cells.resize(9);
    return row;
  }
  row.cells.emplace_back(interval_text(pair->interval));
  const bool decides = !pair->withheld && pair->strength != stats::Strength::none;
  row.cells.emplace_back(decides ? p_text(pair->adjusted_p) : "n/a");
  row.cells.emplace_back(likeness_verdict(*pair));
  return row;
}

TableBlock table_of(const Churn& churn, const std::string& baseline) {
  TableBlock table;
  table.title = "do two seeds recommend the same? " + title_of(churn.dataset, churn.sweep);
  table.columns = {{"encoding", true},
                   {"seeds"},
                   {"RBO"},
                   {"95 % interval"},
                   {fmt::format("shared of {}", shared_depth)},
                   {"RBO with " + baseline},
                   {"difference in RBO"},
                   {"p"},
                   {"verdict", true}};
  for (const EncodingChurn& encoding : churn.encodings)
    table.rows.push_back(row_of(encoding, encoding.encoding == baseline));
  return table;
}

}  // namespace

std::string likeness_verdict(const LikenessComparison& comparison) {
  if (comparison.withheld) return "withheld";
  if (comparison.strength == stats::Strength::none) return "too few seeds";
  const std::string verdict(stats::name_of(comparison.verdict));
  const bool weak =
      comparison.strength == stats::Strength::weak && comparison.verdict != stats::Likeness::undecided;
  return weak ? verdict + " (weak)" : verdict;
}

Document churn_section(const SuiteReport& report) {
  Document document;
  const results::SuiteLock& lock = report.study.lock;
  std::size_t users = 0, places = 0;
  for (const Churn& churn : report.churns) {
    bool any = false;
    for (const EncodingChurn& encoding : churn.encodings) any = any || encoding.interval;
    if (!any) continue;
    users = std::max(users, churn.users);
    places = churn.places;
    document.push_back(table_of(churn, lock.baseline));
  }
  if (document.empty()) return document;
  document.push_back(Paragraph{fmt::format(
      "RBO: rank-biased overlap (p = {:g}) of the {} items that two seeds of an encoding recommend to the "
      "same "
      "user, mean over pairs of seeds and {} users drawn once per data set, 1 for equal lists, with its "
      "interval by the jackknife over seeds; shared of {}: of the first {} items, in any order; RBO with {}: "
      "of this encoding's and the baseline's lists, seeds apart; difference in RBO: to {}, 95 % interval and "
      "p "
      "by the jackknife over the seeds of both, adjusted over encodings and data sets of one setting (Holm), "
      "verdict at {} from {} seeds on. Trials without a value recommend nothing: withheld.",
      stats::reader_persistence, places, users, shared_depth, shared_depth, lock.baseline, lock.baseline,
      lock.judgement.alpha, stats::seeds_for(stats::Evidence::weak_means))});
  return document;
}

}  // namespace pebench::report
