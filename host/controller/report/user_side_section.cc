#include <fmt/format.h>

#include "host/controller/report/metric_names.h"
#include "host/controller/report/sections.h"

namespace pebench::report {
namespace {

Cell cell_of(const GroupDifference& difference) {
  const auto& interval = difference.interval;
  return {fmt::format("{:+.4f}", difference.difference),
          interval ? fmt::format(" ±{:.4f}", (interval->high - interval->low) / 2) : ""};
}

TableBlock table_of(const UserSide& side, const Stratified& trait, const results::SuiteLock& lock) {
  TableBlock table;
  table.title = fmt::format("for whom? {} by {}: {}", metric_title(lock.primary), trait.trait,
                            title_of(side.dataset, side.sweep));
  table.columns = {{"difference to " + lock.baseline, true}};
  Row users, baseline;
  users.cells = {{"users"}};
  baseline.cells = {{lock.baseline}};
  users.tone = baseline.tone = Row::Tone::reference;
  for (const UserGroup& group : trait.groups) {
    table.columns.push_back({group.label});
    users.cells.emplace_back(std::to_string(group.users));
    baseline.cells.emplace_back(fmt::format("{:.4f}", group.baseline));
  }
  for (std::size_t e = 0; e < side.encodings.size(); ++e) {
    Row row;
    row.cells = {{side.encodings[e].encoding}};
    for (const GroupDifference& difference : trait.differences[e]) row.cells.push_back(cell_of(difference));
    table.rows.push_back(std::move(row));
  }
  table.rows.push_back(std::move(baseline));
  table.rows.push_back(std::move(users));
  return table;
}

TableBlock gains_of(const UserSide& side, const results::SuiteLock& lock) {
  TableBlock table;
  table.title =
      fmt::format("for how many? {}: {}", metric_title(lock.primary), title_of(side.dataset, side.sweep));
  table.columns = {{"encoding", true}, {"seeds"}, {"users who gain"}, {"users who lose"}, {"neither"}};
  const auto percent = [](double share) { return fmt::format("{:.1f} %", 100 * share); };
  for (const Gains& gains : side.encodings)
    table.rows.push_back({{{gains.encoding},
                           {std::to_string(gains.seeds)},
                           {percent(gains.gain)},
                           {percent(gains.lose)},
                           {percent(1 - gains.gain - gains.lose)}},
                          Row::Tone::plain});
  return table;
}

}  // namespace

Document user_side_section(const SuiteReport& report) {
  Document document;
  const results::SuiteLock& lock = report.study.lock;
  for (const UserSide& side : report.user_sides) {
    for (const Stratified& trait : side.traits)
      if (trait.groups.size() > 1) document.push_back(table_of(side, trait, lock));
    document.push_back(gains_of(side, lock));
  }
  if (document.empty()) return document;
  document.push_back(Paragraph{fmt::format(
      "for whom: test users in fifths by what is asked of the model for them; ±: half the {:.0f} % interval "
      "of "
      "the mean over seeds (Student's t), one group for itself: of so many groups some leave out 0 by "
      "chance, "
      "and none is a verdict; for how many: users whose mean over seeds is above or below that of {}",
      100 * confidence, lock.baseline)});
  return document;
}

}  // namespace pebench::report
