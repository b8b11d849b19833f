#include <fmt/format.h>

#include "host/controller/report/sections.h"

namespace pebench::report {
namespace {

std::string place_of(const results::LockedClaim& claim) {
  return title_of(claim.dataset.value_or("all data sets"), claim.sweep);
}

std::string weight_of(const claims::Verdict& verdict) {
  std::string weight(claims::name_of(verdict.strength));
  if (verdict.strength == claims::Strength::none) weight = "too few seeds";
  return verdict.approximate ? weight + ", approximate" : weight;
}

}  // namespace

Document claims_section(const SuiteReport& report) {
  if (report.claims.empty()) return {};
  TableBlock table{"claims",
                   {{"answer", true},
                    {"p"},
                    {"weight", true},
                    {"seeds to be sure"},
                    {"claim", true},
                    {"test", true},
                    {"on", true}},
                   {}};
  for (const ClaimAnswer& answer : report.claims) {
    Row row;
    row.cells = {{std::string(claims::name_of(answer.verdict.answer))},
                 {p_text(answer.verdict.p)},
                 {weight_of(answer.verdict)},
                 {answer.verdict.more_seeds ? std::to_string(*answer.verdict.more_seeds) : "-"},
                 {answer.claim.text},
                 {answer.claim.test},
                 {measure_name(answer.claim.metric) + ", " + place_of(answer.claim)}};
    table.rows.push_back(std::move(row));
  }
  return {table, Paragraph{fmt::format(
                     "supported or refuted at {}; seeds to be sure: a rough number, from the effect seen",
                     report.study.lock.judgement.alpha)}};
}

}  // namespace pebench::report
