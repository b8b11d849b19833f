#include "host/controller/judge/table_reader.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "host/base/hash.h"
#include "host/controller/judge/csv.h"
#include "host/controller/judge/json_lines.h"
#include "host/controller/judge/number.h"

namespace pebench::judge {
namespace {

/// A setting's value: a number where it is one.
nlohmann::json setting_of(const std::string& text) {
  const auto number = number_of(text, false);
  if (!number || !std::isfinite(*number)) return text;
  const auto whole = static_cast<std::int64_t>(std::abs(*number) < 1e15 ? *number : 0);
  if (static_cast<double>(whole) == *number) return whole;
  return *number;
}

class TableReader {
 public:
  TableReader(Sheet sheet, std::string dataset, const Mapping& mapping)
      : sheet_(std::move(sheet)), dataset_(std::move(dataset)), mapping_(mapping) {
    columns_ = find_columns(sheet_, mapping_);
  }

  Numbers read() {
    numbers_.has_seeds = columns_.seed || mapping_.form == Form::wide_seeds;
    numbers_.said = description(columns_, sheet_, mapping_);
    for (const auto& cells : sheet_.rows) {
      if (mapping_.form == Form::long_form)
        add_long(cells);
      else
        add_wide(cells);
    }
    return std::move(numbers_);
  }

 private:
  void add_long(const std::vector<Cell>& cells) {
    Row row = begun(cells);
    row.encoding = text_in(cells, *columns_.encoding, "an encoding");
    for (const std::size_t column : columns_.values)
      row.values.push_back(value(metric_of(cells, sheet_.header[column].text), cells[column]));
    numbers_.rows.push_back(std::move(row));
  }

  void add_wide(const std::vector<Cell>& cells) {
    const std::string named = mapping_.metrics.empty() ? "value" : mapping_.metrics.front();
    const std::size_t metric = metric_of(cells, named);
    for (const std::size_t column : columns_.values) {
      Row row = begun(cells);
      const std::string& title = sheet_.header[column].text;
      if (mapping_.form == Form::wide_seeds) {
        row.encoding = text_in(cells, *columns_.encoding, "an encoding");
        row.run = title;
      } else {
        row.encoding = title;
      }
      row.values.push_back(value(metric, cells[column]));
      numbers_.rows.push_back(std::move(row));
    }
  }

  /// What all numbers of a line have in common.
  Row begun(const std::vector<Cell>& cells) const {
    Row row;
    row.dataset = columns_.dataset ? text_in(cells, *columns_.dataset, "a data set") : dataset_;
    for (const std::size_t column : columns_.split)
      row.sweep[sheet_.header[column].text] = setting_of(text_in(cells, column, "a value of it"));
    if (columns_.seed)
      row.run = text_in(cells, *columns_.seed, "a seed");
    else if (!columns_.user && !columns_.measure)
      row.run = fmt::format("line {}", cells.front().line);
    if (columns_.user) row.user = text_in(cells, *columns_.user, "a user");
    return row;
  }

  std::size_t metric_of(const std::vector<Cell>& cells, const std::string& otherwise) {
    return numbers_.metric(columns_.measure ? text_in(cells, *columns_.measure, "a metric") : otherwise);
  }

  const std::string& text_in(const std::vector<Cell>& cells, std::size_t column, const char* what) const {
    const Cell& cell = cells[column];
    if (cell.text.empty())
      refuse(sheet_.file, cell,
             fmt::format("{} is empty in this row; write {} there, or leave the row out",
                         in_quotes(sheet_.header[column].text), what));
    return cell.text;
  }

  Value value(std::size_t metric, const Cell& cell) const {
    Value value{metric, std::nullopt, {{}, cell.line, cell.column}};
    if (!says_nothing(cell.text)) value.number = number_of(cell.text, mapping_.decimal_comma);
    return value;
  }

  Sheet sheet_;
  std::string dataset_;
  const Mapping& mapping_;
  Columns columns_;
  Numbers numbers_;
};

}  // namespace

Numbers read_table(std::string_view text, const std::string& file, const std::string& dataset,
                   const Mapping& mapping, std::optional<char> delimiter) {
  Sheet sheet = looks_like_json(text) ? read_json_lines(text, file) : read_csv(text, file, delimiter);
  Numbers numbers = TableReader(std::move(sheet), dataset, mapping).read();
  numbers.files.push_back({file, base::sha256(text)});
  return numbers;
}

}  // namespace pebench::judge
