#include <fmt/format.h>

#include <cmath>

#include "host/controller/report/metric_names.h"
#include "host/controller/report/sections.h"
#include "host/controller/stats/seed_policy.h"

namespace pebench::report {
namespace {

std::string half_width_text(double half) { return fmt::format("±{:.4f}", half); }

std::string verdict_text(const UserComparison& comparison) {
  const stats::Strength strength = stats::strength_on_means(comparison.crossed.seeds);
  if (strength == stats::Strength::none) return "too few seeds";
  const bool weak = strength == stats::Strength::weak && comparison.direction != stats::Direction::undecided;
  return std::string(stats::name_of(comparison.direction)) + (weak ? " (weak)" : "");
}

Row row_of(const UserComparison& comparison) {
  const stats::Crossed& crossed = comparison.crossed;
  const stats::Strength strength = stats::strength_on_means(crossed.seeds);
  const auto seeds = static_cast<double>(crossed.seeds), users = static_cast<double>(crossed.users);
  const double of_seeds = crossed.seed / seeds, of_users = crossed.user / users,
               of_both = crossed.interaction / (seeds * users), all = of_seeds + of_users + of_both;
  const auto share = [all](double part) {
    return all > 0 ? fmt::format("{:.0f} %", 100 * part / all) : "n/a";
  };
  Row row;
  row.cells = {{comparison.encoding},
               {fmt::format("{:+.4f}", crossed.difference)},
               {interval_text(crossed.other_seeds)},
               {interval_text(crossed.other_users)},
               {share(of_seeds)},
               {share(of_users)},
               {share(of_both)},
               {half_width_text((crossed.other_users.high - crossed.other_users.low) / 2)},
               {half_width_text(crossed.half_width(2 * crossed.seeds, crossed.users))},
               {half_width_text(crossed.half_width(crossed.seeds, 2 * crossed.users))},
               {strength == stats::Strength::none ? "n/a" : p_text(comparison.adjusted_p)},
               {verdict_text(comparison)}};
  return row;
}

bool gives_verdicts(const UserAnalysis& analysis) {
  for (const UserComparison& comparison : analysis.comparisons)
    if (stats::strength_on_means(comparison.crossed.seeds) != stats::Strength::none) return true;
  return false;
}

}  // namespace

Document users_section(const SuiteReport& report) {
  Document document;
  const results::SuiteLock& lock = report.study.lock;
  for (const UserAnalysis& analysis : report.users) {
    if (!gives_verdicts(analysis)) continue;
    TableBlock table;
    table.title = fmt::format("seeds and users: {} against {}: {} ({} users)", metric_title(lock.primary),
                              lock.baseline, title_of(analysis.dataset, analysis.sweep),
                              analysis.comparisons.front().crossed.users);
    table.columns = {{"encoding", true}, {"difference"}, {"these users"}, {"other users"},
                     {"seeds"},          {"users"},      {"both"},        {"now"},
                     {"2 x seeds"},      {"2 x users"},  {"p"},           {"other users", true}};
    for (const UserComparison& comparison : analysis.comparisons) table.rows.push_back(row_of(comparison));
    document.push_back(std::move(table));
  }
  if (document.empty()) return document;
  document.push_back(
      Paragraph{fmt::format("95 % intervals of the difference for other seeds and these users, whom the "
                            "verdicts above are about, and for other "
                            "seeds and other users; seeds, users, both: what each contributes to the "
                            "variance of the latter; now, 2 x: its half "
                            "width, and with twice as many; p and verdict for other users, Holm over "
                            "encodings and data sets of one setting, at {}, weak below {} seeds; trials that "
                            "failed do not count here",
                            lock.judgement.alpha, stats::seeds_for(stats::Evidence::means))});
  return document;
}

}  // namespace pebench::report
