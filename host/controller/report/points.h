#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/report/analysis.h"
#include "host/controller/report/study.h"
#include "host/controller/stats/agreement.h"

namespace pebench::report {

/// What of a trial's settings a finding may hang on besides its data.
struct Model {
  std::string backbone, attention;

  bool operator!=(const Model& other) const {
    return backbone != other.backbone || attention != other.attention;
  }
};

/// One data set under one point of the sweep. It points into the study and its analyses.
struct Point {
  const TrialTable* table;
  const DatasetAnalysis* analysis;
  /// Nothing where no record tells, as of numbers from elsewhere, and for attention over the events to be
  /// predicted ("full"): a fault as published and no model that a finding could carry over to.
  std::optional<Model> model;
};

using Group = std::vector<Point>;

/// All of them, in the plan's order.
std::vector<Point> points_of(const Study& study, const std::vector<Analysis>& analyses);

/// Those with a model, grouped by data set and by all that is swept but the model.
std::vector<Group> grouped_over_models(const std::vector<Point>& points);
/// Grouped by all that is swept.
std::vector<Group> grouped_over_datasets(const std::vector<Point>& points);

/// The encodings that have two values or more in each of the points, one or more.
std::vector<std::string> common_encodings(const std::vector<Point>& points);

/// The values of these encodings, common to the points, on the seeds on which all of them have one. On one
/// data set points that share two such seeds or more are of the same sample, of those seeds; all others have
/// a sample of their own.
std::vector<stats::SettingValues> setting_values(const std::vector<Point>& points,
                                                 const std::vector<std::string>& encodings);

/// Whether one of these encodings failed where no chance level is known that it could count as.
bool is_withheld(const Point& point, const std::vector<std::string>& encodings);

}  // namespace pebench::report
