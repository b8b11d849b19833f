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
  row.cells = {{encoding.encoding},
               {std::to_string(encoding.seeds)},
               {number(encoding.alike)},
               {encoding.interval ? interval_text(*encoding.interval) : "n/a"},
               {number(encoding.shared)}};
  if (is_baseline) {
    row.cells.resize(9);
    row.tone = Row::Tone::reference;
    return row;
  }
  const auto& pair = encoding.against_baseline;
  row.cells.emplace_back(number(encoding.alike_to_baseline));
  row.cells.emplace_back(pair ? fmt::format("{:+.4f} {}", pair->difference, interval_text(pair->interval))
                              : "n/a");
  row.cells.emplace_back(decides(encoding) ? p_text(pair->adjusted_p) : "n/a");
  row.cells.emplace_back(likeness_verdict(encoding));
  return row;
}

Row chance_row(const Churn& churn) {
  Row row;
  row.cells = {{"chance"}, {}, {number(churn.alike_by_chance)}, {}, {number(churn.shared_by_chance)}};
  row.cells.resize(9);
  row.tone = Row::Tone::reference;
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
  if (churn.alike_by_chance) table.rows.push_back(chance_row(churn));
  return table;
}

}  // namespace

bool decides(const EncodingChurn& encoding) {
  return !encoding.withheld && encoding.against_baseline &&
         encoding.against_baseline->strength != stats::Strength::none;
}

std::string likeness_verdict(const EncodingChurn& encoding) {
  if (encoding.withheld) return "withheld";
  if (!decides(encoding)) return "too few seeds";
  const LikenessComparison& pair = *encoding.against_baseline;
  const std::string verdict(stats::name_of(pair.verdict));
  const bool weak = pair.strength == stats::Strength::weak && pair.verdict != stats::Likeness::undecided;
  return weak ? verdict + " (weak)" : verdict;
}

Document churn_section(const SuiteReport& report) {
  Document document;
  const results::SuiteLock& lock = report.study.lock;
  std::size_t users = 0, places = 0, without_lists = 0;
  for (const Churn& churn : report.churns) {
    bool any = false;
    for (const EncodingChurn& encoding : churn.encodings) any = any || encoding.interval;
    if (!any) continue;
    users = std::max(users, churn.users);
    places = churn.places;
    without_lists += churn.without_lists;
    document.push_back(table_of(churn, lock.baseline));
  }
  if (document.empty()) return document;
  document.push_back(Paragraph{fmt::format(
      "RBO: rank-biased overlap (p = {:g}) of what two seeds of an encoding recommend to the same user, the "
      "best {} "
      "items of what competes in test.full, mean over pairs of seeds and {} users drawn once per data set; 1 "
      "for "
      "equal lists, chance for random ones; its interval by the jackknife over seeds; shared of {}: of the "
      "first "
      "{} items, in any order; RBO with {}: of this encoding's and the baseline's lists, seeds apart; "
      "difference in "
      "RBO: to {}, with its 95 % interval and p over the seeds of both, adjusted over encodings and data "
      "sets of one "
      "setting (Holm), verdict at {} from {} seeds in common on, weak below {}; withheld: a trial of either "
      "failed and "
      "recommends nothing. Seeds that end differently from most (a collapse) are told by more seeds alone",
      stats::reader_persistence, places, users, shared_depth, shared_depth, lock.baseline, lock.baseline,
      lock.judgement.alpha, stats::seeds_for(stats::Evidence::weak_means),
      stats::seeds_for(stats::Evidence::means))});
  if (without_lists > 0)
    document.push_back(Paragraph{fmt::format(
        "{} {} kept no recommendations, as older versions of pebench did not, and {} not count there",
        without_lists, without_lists == 1 ? "trial" : "trials", without_lists == 1 ? "does" : "do")});
  return document;
}

}  // namespace pebench::report
