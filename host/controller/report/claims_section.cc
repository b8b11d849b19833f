#include <fmt/format.h>

#include "host/controller/report/metric_names.h"
#include "host/controller/report/sections.h"

namespace pebench::report {
namespace {

std::string scope_of(const results::LockedClaim& claim) {
  return title_of(claim.dataset.value_or("all data sets"), claim.sweep);
}

std::string strength_text(const claims::Answer& answer) {
  std::string strength(stats::name_of(answer.strength));
  if (answer.strength == stats::Strength::none) strength = "too few seeds";
  return answer.approximate ? strength + ", approximate" : strength;
}

}  // namespace

Document claims_section(const SuiteReport& report) {
  if (report.claims.empty()) return {};
  TableBlock table{"claims",
                   {{"answer", true},
                    {"p"},
                    {"adjusted"},
                    {"weight", true},
                    {"seeds to be sure"},
                    {"claim", true},
                    {"test", true},
                    {"on", true}},
                   {}};
  for (const auto& [claim, answer] : report.claims) {
    Row row;
    row.cells = {{std::string(claims::name_of(answer.conclusion))},
                 {p_text(answer.p)},
                 {p_text(answer.adjusted_p)},
                 {strength_text(answer)},
                 {answer.more_seeds ? std::to_string(*answer.more_seeds) : "-"},
                 {claim.text},
                 {claim.test},
                 {metric_title(claim.metric) + ", " + scope_of(claim)}};
    table.rows.push_back(std::move(row));
  }
  return {table, Paragraph{fmt::format("supported or refuted where the adjusted p (Holm over all claims) is "
                                       "at most {}; seeds to be sure: a rough "
                                       "number, from the effect seen",
                                       report.study.lock.judgement.alpha)}};
}

}  // namespace pebench::report
