#include "host/controller/report/sections.h"
#include "host/controller/report/worth.h"

namespace pebench::report {

Document worth_section(const SuiteReport& report) {
  if (report.study.lock.judgement.lower_is_better.count(report.overview.primary) != 0) return {};
  const auto shortfall = shortfall_of_baseline(report.overview);
  if (!shortfall) return {};
  return {Paragraph{"Warning: " + *shortfall}};
}

}  // namespace pebench::report
