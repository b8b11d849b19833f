#include "host/controller/export/csv.h"

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "host/base/csv_cell.h"

namespace pebench::exporting {
namespace {

struct Text {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
  std::string operator()(double value) const { return std::isfinite(value) ? fmt::format("{}", value) : ""; }
  std::string operator()(const std::string& value) const { return value; }
};

std::string line_of(const Row& row) {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) line += ',';
    base::add_csv_cell(line, std::visit(Text(), row[i]));
  }
  return line + "\r\n";
}

}  // namespace

CsvSink::CsvSink(const std::filesystem::path& folder, const std::vector<const Table*>& tables) {
  for (const Table* table : tables) {
    auto& file = files_[table];
    file = std::make_unique<base::TextWriter>(folder / fmt::format("{}.csv", table->name));
    Row header;
    for (const Column& column : table->columns) header.emplace_back(std::string(column.name));
    file->add(line_of(header));
  }
}

void CsvSink::add(const Table& table, const Row& row) { files_.at(&table)->add(line_of(row)); }

void CsvSink::finish() {
  for (const auto& [table, file] : files_) file->finish();
}

}  // namespace pebench::exporting
