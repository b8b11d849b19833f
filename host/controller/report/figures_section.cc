#include <fmt/format.h>

#include <cmath>

#include "host/controller/report/metric_names.h"
#include "host/controller/report/sections.h"

namespace pebench::report {
namespace {

Series series_of(const EncodingAnalysis& encoding) {
  Series series{encoding.encoding, {}, encoding.mean, encoding.mean_interval};
  for (const double value : encoding.values)
    if (!std::isnan(value)) series.points.push_back(value);
  return series;
}

bool any_point(const DatasetAnalysis& dataset) {
  for (const EncodingAnalysis& encoding : dataset.encodings)
    if (encoding.seeds > 0) return true;
  return false;
}

}  // namespace

Document figures_section(const SuiteReport& report) {
  const std::string measure = measure_name(report.study.lock.primary);
  Document document;
  for (const Analysis& analysis : report.analyses)
    for (const DatasetAnalysis& dataset : analysis.datasets) {
      if (!any_point(dataset)) continue;
      Figure figure{fmt::format("{} by seed: {}", metric_title(report.study.lock.primary),
                                title_of(dataset.dataset, analysis.sweep)),
                    fmt::format("small points: seeds; large point: their mean; line: its {:.0f} % interval",
                                100 * confidence),
                    {measure, measure_unit(report.study.lock.primary)},
                    {}};
      for (const EncodingAnalysis& encoding : dataset.encodings) figure.series.push_back(series_of(encoding));
      document.push_back(std::move(figure));
    }
  return document;
}

}  // namespace pebench::report
