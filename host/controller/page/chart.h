#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/report/document.h"
#include "host/controller/stats/interval.h"

namespace pebench::page {

/// A picture by Vega, and the same in numbers for who cannot see it.
struct Chart {
  std::string title;
  std::string caption;           ///< what marks mean, and of how many seeds
  nlohmann::json specification;  ///< of Vega 5; colours are the page's, "var(--c0)"
  report::TableBlock numbers;
};

/// The page's colour of the index-th of things that are told apart by colour. They repeat after ten.
std::string colour(std::size_t index);

/// One value of a row, with what a pointer on it shows.
struct Dot {
  double value = 0;
  std::string tip;
  std::string colour = {};  ///< empty: its row's
};

/// Dots beside each other, their mean, and its interval.
struct DotRow {
  std::string label;
  std::string colour;
  std::vector<Dot> dots = {};
  std::optional<double> mean = {};
  std::optional<stats::Interval> interval = {};
  bool is_reference = false;  ///< a hollow diamond, since it is no encoding
};

/// What a colour stands for.
struct Key {
  std::string label;
  std::string colour;
};

/// Rows below each other on one axis.
struct DotChart {
  std::string axis;
  std::vector<DotRow> rows;
  std::optional<double> line = {};           ///< a vertical one
  std::optional<stats::Interval> band = {};  ///< behind all
  bool from_zero = false;
  std::vector<Key> legend = {};  ///< where dots of a row have colours of their own
};
nlohmann::json specification_of(const DotChart& chart);

/// One point with its name.
struct Mark {
  std::string label;
  std::string colour;
  double x = 0, y = 0;
  std::optional<stats::Interval> y_interval = {};
};

struct ScatterChart {
  std::string x_axis, y_axis;
  std::vector<Mark> marks;
  bool logarithmic = false;  ///< the x axis; all x are positive then
};
nlohmann::json specification_of(const ScatterChart& chart);

/// One line, such as a seed's validation by epoch.
struct Curve {
  std::string label;  ///< curves of one label are of one colour
  std::string colour;
  std::string tip;
  bool is_dashed = false;
  std::vector<std::pair<double, double>> points;
};

struct CurveChart {
  std::string x_axis, y_axis;
  std::vector<Curve> curves;
};
nlohmann::json specification_of(const CurveChart& chart);

/// Numbers in cells; the smaller, the darker.
struct HeatMap {
  std::string x_axis, y_axis;
  std::vector<std::string> columns, rows;
  std::vector<std::vector<double>> values;  ///< [row][column], NaN for none
};
nlohmann::json specification_of(const HeatMap& map);

}  // namespace pebench::page
