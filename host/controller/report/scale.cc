#include "host/controller/report/scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace pebench::report {

Scale scale_of(const Figure& figure) {
  constexpr double shortest = 0.001;
  Scale scale{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  const auto hold = [&scale](double value) {
    scale.low = std::min(scale.low, value);
    scale.high = std::max(scale.high, value);
  };
  for (const Series& series : figure.series) {
    for (const double point : series.points) hold(point);
    if (!series.interval) continue;
    hold(series.interval->low);
    hold(series.interval->high);
  }
  if (scale.low > scale.high) return {};
  if (const double missing = shortest - (scale.high - scale.low); missing > 0) {
    scale.low -= missing / 2;
    scale.high += missing / 2;
  }
  return scale;
}

std::string tick(double value) { return fmt::format("{:.4f}", value); }

std::string title_of(const Axis& axis) {
  return axis.unit.empty() ? axis.title : fmt::format("{} ({})", axis.title, axis.unit);
}

}  // namespace pebench::report
