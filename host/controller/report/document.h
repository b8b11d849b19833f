#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "host/controller/stats/interval.h"

namespace pebench::report {

/// A report in words, tables and figures, before it is put into a format. Texts are UTF-8.

/// The text in one line: blanks for line breaks and other control characters, which would end a row.
std::string one_line(std::string text);

struct Cell {
  Cell(std::string text = {}, std::string tail = {})
      : text(one_line(std::move(text))), tail(std::move(tail)) {}

  std::string text;
  std::string tail;          ///< what follows the number, " ± 0.0022": tails line up on their own
  bool best = false;         ///< of its column
  bool significant = false;  ///< a `*` in all formats
};

struct Row {
  enum class Tone { plain, reference, failed };

  std::vector<Cell> cells;
  Tone tone = Tone::plain;
};

struct Column {
  std::string title;
  bool is_text = false;  ///< set flush left
};

struct TableBlock {
  std::string title;
  std::vector<Column> columns;
  std::vector<Row> rows;
};

struct Axis {
  std::string title;
  std::string unit;  ///< what one number on it is: "seconds", "mean over test users"; may be empty
};

/// One line of marks.
struct Series {
  std::string label;
  std::vector<double> points;
  std::optional<double> mean;
  std::optional<stats::Interval> interval;  ///< around the mean
};

/// Series below each other on one axis, drawn to scale.
struct Figure {
  std::string title;
  std::string caption;
  Axis axis;
  std::vector<Series> series;
};

struct Heading {
  std::string text;
};

/// One sentence or more, on lines of their own.
struct Paragraph {
  std::string text;
};

using Block = std::variant<Heading, TableBlock, Figure, Paragraph>;
using Document = std::vector<Block>;

}  // namespace pebench::report
