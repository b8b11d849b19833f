#include "host/controller/report/suite_report.h"

#include <utility>

namespace pebench::report {

SuiteReport make_report(const contract::SuiteFolder& folder) { return make_report(read_study(folder)); }

SuiteReport make_report(Study study) {
  SuiteReport report;
  report.study = std::move(study);
  report.overview = overview_of(report.study);
  report.analyses = analyse(report.study);
  report.users = analyse_users(report.study);
  report.user_sides = user_sides(report.study);
  report.churns = churn(report.study);
  report.prices = prices(report.study, report.analyses);
  report.carry_overs = carry_over(report.study, report.analyses);
  report.attributions = attribute(report.study);
  report.claims = answer_claims(report.study);
  report.known_answers = known_answers(report.study);
  return report;
}

}  // namespace pebench::report
