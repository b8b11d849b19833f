#include "host/controller/data/export_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "host/base/csv_cell.h"
#include "host/base/error.h"
#include "host/base/text_writer.h"
#include "host/controller/data/item_values.h"

namespace pebench::data {
namespace {

/// Cells of one file, separated and one row after the other.
class Rows {
 public:
  Rows(const std::filesystem::path& path, ExportFormat format)
      : file_(path), is_csv_(format == ExportFormat::csv) {}

  /// Throws InputError for a text that cannot stand in a cell; `what` names it.
  void cell(std::string_view text, const char* what) {
    if (!first_) row_ += is_csv_ ? ',' : '\t';
    first_ = false;
    if (is_csv_) return base::add_csv_cell(row_, text);
    if (text.find_first_of("\t\r\n") != std::string_view::npos)
      throw base::InputError(fmt::format(
          "the {} '{:.60}' has a tab or a line break, which a file with tabs cannot hold: take --format csv",
          what, text));
    row_ += text;
  }
  void end_row() {
    row_ += '\n';
    file_.add(row_);
    row_.clear();
    first_ = true;
  }
  void finish() { file_.finish(); }

 private:
  base::TextWriter file_;
  bool is_csv_;
  bool first_ = true;
  std::string row_;
};

std::string feature_text(const EventColumn& column, std::int64_t event) {
  if (column.field.sparse)
    return column.ids[event] < 0 ? std::string()
                                 : column.vocabulary[static_cast<std::size_t>(column.ids[event])];
  return std::isnan(column.values[event]) ? std::string() : number_text(column.values[event]);
}

/// The words of an item.
std::vector<std::string> words_of(const FieldColumn& column, Item item) {
  std::vector<std::string> words;
  for (std::int64_t i = column.offsets[item]; i < column.offsets[item + 1]; ++i)
    words.push_back(column.vocabulary[static_cast<std::size_t>(column.ids[i])]);
  return words;
}

std::vector<float> numbers_of(const FieldColumn& column, Item item) {
  std::vector<float> numbers(static_cast<std::size_t>(column.field.width), 0.0f);
  const auto row = dense_row(column, item);
  std::memcpy(numbers.data(), row.data(), row.size());
  return numbers;
}

bool has_lists(const FieldColumn& column) {
  for (std::size_t row = 0; row + 1 < column.offsets.size(); ++row)
    if (column.offsets[row + 1] - column.offsets[row] > 1) return true;
  return false;
}

std::string joined(const std::vector<std::string>& parts) { return fmt::format("{}", fmt::join(parts, " ")); }

/// A field in RecBole's types, and a cell of it as the importer would read it.
class RecboleField {
 public:
  explicit RecboleField(const FieldColumn& column) : column_(column) {
    const Field& field = column.field;
    const bool list = field.sparse ? has_lists(column) : field.width > 1;
    type_ = fmt::format("{}{}", field.sparse ? "token" : "float", list ? "_seq" : "");
    read_.meaning = !field.sparse ? Meaning::numbers : list ? Meaning::words : Meaning::word;
    read_.separator = " ";
  }
  std::string header() const { return column_.field.name + ":" + type_; }

  std::string cell(const Columns& columns, Item item) const {
    std::vector<std::string> parts;
    if (column_.field.sparse)
      parts = words_of(column_, item);
    else
      for (const float number : numbers_of(column_, item)) parts.push_back(number_text(number));
    std::string text = joined(parts);
    if (column_.field.sparse) {
      const nlohmann::json read = ItemValues(read_).of(text);
      const nlohmann::json meant = parts.empty()                    ? nlohmann::json()
                                   : read_.meaning == Meaning::word ? nlohmann::json(parts[0])
                                                                    : nlohmann::json(parts);
      if (read != meant)
        throw base::InputError(fmt::format(
            "item '{:.60}': RecBole's {} cannot hold its {}, {:.80}: take --format csv",
            columns.item_ids[static_cast<std::size_t>(item) - 1], type_, column_.field.name, meant.dump()));
    }
    return text;
  }

 private:
  const FieldColumn& column_;
  std::string type_;
  ItemField read_;
};

}  // namespace

std::string number_text(float number) {
  std::string text = fmt::format("{}", number);
  // The importer goes by way of 64 bits, which rounds twice.
  if (static_cast<float>(std::strtod(text.c_str(), nullptr)) != number) text = fmt::format("{:.9g}", number);
  return text;
}

void export_events(const std::filesystem::path& path, const Columns& columns, ExportFormat format) {
  Rows rows(path, format);
  const bool typed = format == ExportFormat::recbole;
  const std::vector<std::string> names =
      typed ? std::vector<std::string>{"user_id:token", "item_id:token", "timestamp:float"}
            : std::vector<std::string>{"user", "item", "timestamp"};
  for (const std::string& name : names) rows.cell(name, "column");
  for (const EventColumn& column : columns.event_fields) {
    const std::string name = typed && column.field.name == part_feature ? exported_parts : column.field.name;
    rows.cell(typed ? name + (column.field.sparse ? ":token" : ":float") : name, "column");
  }
  rows.end_row();
  for (std::size_t user = 0; user < columns.user_ids.size(); ++user)
    for (std::int64_t event = columns.offsets[user]; event < columns.offsets[user + 1]; ++event) {
      rows.cell(columns.user_ids[user], "user");
      rows.cell(columns.item_ids[static_cast<std::size_t>(columns.items[event]) - 1], "item");
      rows.cell(std::to_string(columns.times[event]), "time");
      for (const EventColumn& column : columns.event_fields) rows.cell(feature_text(column, event), "word");
      rows.end_row();
    }
  rows.finish();
}

void export_recbole_items(const std::filesystem::path& path, const Columns& columns,
                          const std::vector<const FieldColumn*>& fields) {
  Rows rows(path, ExportFormat::recbole);
  std::vector<RecboleField> columns_of_file;
  rows.cell("item_id:token", "column");
  for (const FieldColumn* field : fields) {
    columns_of_file.emplace_back(*field);
    rows.cell(columns_of_file.back().header(), "column");
  }
  rows.end_row();
  for (std::size_t item = 1; item <= columns.item_ids.size(); ++item) {
    rows.cell(columns.item_ids[item - 1], "item");
    for (const RecboleField& field : columns_of_file)
      rows.cell(field.cell(columns, static_cast<Item>(item)), "word");
    rows.end_row();
  }
  rows.finish();
}

void export_items_jsonl(const std::filesystem::path& path, const Columns& columns,
                        const std::vector<const FieldColumn*>& fields) {
  base::TextWriter file(path);
  std::vector<bool> lists;
  for (const FieldColumn* field : fields) lists.push_back(field->field.sparse && has_lists(*field));
  for (std::size_t number = 1; number <= columns.item_ids.size(); ++number) {
    const auto item = static_cast<Item>(number);
    nlohmann::json row = {{"item", columns.item_ids[number - 1]}};
    for (std::size_t f = 0; f < fields.size(); ++f) {
      const Field& field = fields[f]->field;
      if (field.sparse) {
        const auto words = words_of(*fields[f], item);
        if (!words.empty()) row[field.name] = lists[f] ? nlohmann::json(words) : nlohmann::json(words[0]);
        continue;
      }
      std::vector<double> numbers;  // the shortest text of the 32 bits, as JSON's number
      for (const float value : numbers_of(*fields[f], item))
        numbers.push_back(std::strtod(number_text(value).c_str(), nullptr));
      row[field.name] = field.width == 1 ? nlohmann::json(numbers[0]) : nlohmann::json(numbers);
    }
    file.add(row.dump() + "\n");
  }
  file.finish();
}

void export_npy(const std::filesystem::path& path, const FieldColumn& column, std::int64_t items) {
  constexpr std::size_t alignment = 64, before_header = 10;
  std::string header = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}, {}), }}",
                                   column.field.half ? "<f2" : "<f4", items, column.field.width);
  header.append(alignment - (before_header + header.size() + 1) % alignment, ' ');
  header += '\n';
  base::TextWriter file(path);
  file.add({"\x93NUMPY\x01\x00", 8});
  const char size[] = {static_cast<char>(header.size() & 255), static_cast<char>(header.size() >> 8)};
  file.add({size, sizeof size});
  file.add(header);
  const std::string zeros(row_bytes(column.field.width, column.field.half), '\0');
  for (std::int64_t item = 1; item <= items; ++item) {
    const auto row = dense_row(column, static_cast<Item>(item));
    file.add(row.empty() ? std::string_view(zeros) : row);
  }
  file.finish();
}

}  // namespace pebench::data
