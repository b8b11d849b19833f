#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pebench::terminal {

/// Text in aligned columns under a line of titles.
class Table {
 public:
  enum class Align { left, right };
  enum class Style { plain, bold, dim, red };

  struct Column {
    std::string title;
    Align align = Align::right;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// As many cells as there are columns, in UTF-8.
  void add_row(std::vector<std::string> cells, Style style = Style::plain);

  /// Every line starts with two blanks and ends with a newline. Styles show only with `colour`. Where a line
  /// were longer than `width`, columns that have no room go below, beside the first one again.
  std::string text(bool colour, std::optional<std::size_t> width = std::nullopt) const;

 private:
  struct Row {
    std::vector<std::string> cells;
    Style style;
  };

  /// The columns of each part that fits, the first column in all of them.
  std::vector<std::vector<std::size_t>> parts(const std::vector<std::size_t>& widths,
                                              std::optional<std::size_t> width) const;
  /// Of these columns.
  std::string line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                   const std::vector<std::size_t>& columns) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

/// `text` in a style of terminals.
std::string styled(const std::string& text, Table::Style style);

/// Columns a terminal needs for UTF-8 text: one per character, which holds for all that is printed here.
std::size_t display_width(std::string_view text);

}  // namespace pebench::terminal
