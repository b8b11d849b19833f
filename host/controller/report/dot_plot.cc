#include "host/controller/report/dot_plot.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "host/controller/report/scale.h"
#include "host/terminal/table.h"

namespace pebench::report {
namespace {

constexpr std::size_t whole_width = 80, least_width = 48;

std::string blanks(std::size_t count) { return std::string(count, ' '); }

/// The marks of one series, a column each.
std::string marks(const Series& series, const Scale& scale, std::size_t width) {
  std::vector<std::string_view> columns(width, " ");
  const auto column_of = [&](double value) {
    return static_cast<std::size_t>(std::lround(scale.place(value) * static_cast<double>(width - 1)));
  };
  if (series.interval)
    for (std::size_t c = column_of(series.interval->low); c <= column_of(series.interval->high); ++c)
      columns[c] = "─";
  for (const double point : series.points) {
    std::string_view& column = columns[column_of(point)];
    column = column == "·" || column == ":" ? ":" : "·";
  }
  if (series.mean) columns[column_of(*series.mean)] = "●";
  std::string text;
  for (const std::string_view column : columns) text += column;
  return text;
}

/// Both ends of the axis with its title between them.
std::string axis_line(const Axis& axis, const Scale& scale, std::size_t width) {
  const std::string low = tick(scale.low), high = tick(scale.high), title = title_of(axis);
  const std::size_t taken = low.size() + terminal::display_width(title) + high.size();
  const std::size_t free = std::max(width, taken + 2) - taken;
  return low + blanks(free / 2) + title + blanks(free - free / 2) + high;
}

}  // namespace

std::string dot_plot(const Figure& figure) {
  const Scale scale = scale_of(figure);
  std::size_t label_width = 0;
  for (const Series& series : figure.series)
    label_width = std::max(label_width, terminal::display_width(series.label));
  const std::size_t beside = label_width + 6;  // two blanks on either side of the label, two walls
  const std::size_t width = std::max(least_width, whole_width - std::min(whole_width, beside));

  std::string text;
  for (const Series& series : figure.series)
    text += "  " + series.label + blanks(label_width - terminal::display_width(series.label)) + "  |" +
            marks(series, scale, width) + "|\n";
  return text + blanks(label_width + 5) + axis_line(figure.axis, scale, width) + "\n";
}

}  // namespace pebench::report
