#include "host/controller/page/charts.h"

namespace pebench::page {

std::vector<ChartSection> charts_of(const report::SuiteReport& report) {
  std::vector<ChartSection> sections;
  for (auto* part : {accuracy_charts, difference_charts, deviation_charts, churn_charts, user_charts,
                     price_charts, rank_charts, attribution_charts, training_charts})
    if (ChartSection section = part(report); !section.charts.empty()) sections.push_back(std::move(section));
  return sections;
}

}  // namespace pebench::page
