#pragma once

#include <string>
#include <vector>

#include "host/controller/page/chart.h"
#include "host/controller/report/suite_report.h"

namespace pebench::page {

/// Charts that answer one question.
struct ChartSection {
  std::string id;  ///< for links: "accuracy"
  std::string heading;
  std::string introduction;
  std::vector<Chart> charts;
};

/// What can be seen of a suite, section by section; a section without charts is left out.
std::vector<ChartSection> charts_of(const report::SuiteReport& report);

// Its parts, a chart for each data set and point of the sweep.

/// The primary metric, every seed a dot, with references that need no training.
ChartSection accuracy_charts(const report::SuiteReport& report);
/// Against the baseline, seed by seed.
ChartSection difference_charts(const report::SuiteReport& report);
/// The standard deviation over seeds.
ChartSection deviation_charts(const report::SuiteReport& report);
/// How much two seeds recommend the same.
ChartSection churn_charts(const report::SuiteReport& report);
/// For whom encodings help.
ChartSection user_charts(const report::SuiteReport& report);
/// What an encoding's quality comes with: deviation, seconds, parameters, memory.
ChartSection price_charts(const report::SuiteReport& report);
/// Loss and validation by epoch, every seed a line.
ChartSection training_charts(const report::SuiteReport& report);
/// Ranks over data sets.
ChartSection rank_charts(const report::SuiteReport& report);
/// Deviation by variant of the settings.
ChartSection attribution_charts(const report::SuiteReport& report);

}  // namespace pebench::page
