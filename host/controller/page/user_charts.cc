// For whom encodings help: users grouped by what is asked of the model for them.

#include <fmt/format.h>

#include "host/controller/page/charts.h"
#include "host/controller/report/metric_names.h"
#include "host/controller/report/sections.h"

namespace pebench::page {
namespace {

/// A row for each encoding and group, the groups of an encoding below each other.
Chart chart_of(const report::UserSide& side, const report::Stratified& trait,
               const results::SuiteLock& lock) {
  DotChart drawn{fmt::format("{}, difference to {}", report::measure_name(lock.primary), lock.baseline), {}};
  drawn.line = 0;
  report::TableBlock numbers{{},
                             {{"encoding", true},
                              {trait.trait, true},
                              {"users"},
                              {"difference"},
                              {"95 % interval"},
                              {lock.baseline}},
                             {}};
  for (std::size_t e = 0; e < side.encodings.size(); ++e) {
    const std::string& encoding = side.encodings[e].encoding;
    for (std::size_t g = 0; g < trait.groups.size(); ++g) {
      const report::UserGroup& group = trait.groups[g];
      const report::GroupDifference& found = trait.differences[e][g];
      drawn.rows.push_back(
          {fmt::format("{}: {}", encoding, group.label), colour(e), {}, found.difference, found.interval});
      numbers.rows.push_back({{{encoding},
                               {group.label},
                               {std::to_string(group.users)},
                               {fmt::format("{:+.4f}", found.difference)},
                               {found.interval ? report::interval_text(*found.interval) : "n/a"},
                               {fmt::format("{:.4f}", group.baseline)}}});
    }
  }
  Chart chart;
  chart.title = fmt::format("{} by {}: {}", report::measure_name(lock.primary), trait.trait,
                            report::title_of(side.dataset, side.sweep));
  chart.caption = fmt::format(
      "Test users in fifths by {}. Dots: mean difference to {} over seeds; lines: their {:.0f} % interval, "
      "each "
      "for itself; dashed: no difference.",
      trait.trait, lock.baseline, 100 * report::confidence);
  chart.specification = specification_of(drawn);
  chart.numbers = std::move(numbers);
  return chart;
}

Chart chart_of_gains(const report::UserSide& side, const results::SuiteLock& lock) {
  DotChart drawn{"share of users", {}};
  drawn.from_zero = true;
  drawn.legend = {{"gain", "var(--c0)"}, {"lose", "var(--c1)"}};
  report::TableBlock numbers{{}, {{"encoding", true}, {"seeds"}, {"gain"}, {"lose"}}, {}};
  for (std::size_t e = 0; e < side.encodings.size(); ++e) {
    const report::Gains& gains = side.encodings[e];
    DotRow row{gains.encoding, colour(e)};
    row.dots = {
        {gains.gain, fmt::format("{}: {:.1f} % gain", gains.encoding, 100 * gains.gain), "var(--c0)"},
        {gains.lose, fmt::format("{}: {:.1f} % lose", gains.encoding, 100 * gains.lose), "var(--c1)"}};
    drawn.rows.push_back(std::move(row));
    numbers.rows.push_back({{{gains.encoding},
                             {std::to_string(gains.seeds)},
                             {fmt::format("{:.4f}", gains.gain)},
                             {fmt::format("{:.4f}", gains.lose)}}});
  }
  Chart chart;
  chart.title = fmt::format("users who gain and lose: {}", report::title_of(side.dataset, side.sweep));
  chart.caption = fmt::format("Users whose {}, in the mean over seeds, is above or below that of {}.",
                              report::measure_name(lock.primary), lock.baseline);
  chart.specification = specification_of(drawn);
  chart.numbers = std::move(numbers);
  return chart;
}

}  // namespace

ChartSection user_charts(const report::SuiteReport& report) {
  ChartSection section{"users",
                       "For whom?",
                       "Groups are many, so that some differ by chance: this describes, and decides nothing.",
                       {}};
  for (const report::UserSide& side : report.user_sides) {
    for (const report::Stratified& trait : side.traits)
      if (trait.groups.size() > 1) section.charts.push_back(chart_of(side, trait, report.study.lock));
    section.charts.push_back(chart_of_gains(side, report.study.lock));
  }
  return section;
}

}  // namespace pebench::page
