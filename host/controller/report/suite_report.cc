#include "host/controller/report/suite_report.h"

#include <utility>

namespace pebench::report {

SuiteReport make_report(const contract::SuiteFolder& folder) {
  SuiteReport report;
  report.study = read_study(folder);
  report.overview = overview_of(report.study);
  report.analyses = analyse(report.study);
  report.attributions = attribute(report.study);
  report.claims = answer_claims(report.study);
  return report;
}

}  // namespace pebench::report
