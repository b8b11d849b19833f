#include <cstring>
#include <fstream>
#include <utility>

#include "host/controller/data/columns.h"
#include "host/data/files.h"

namespace pebench::data {
namespace {

std::vector<std::string> lines_of(const std::filesystem::path& path) {
  std::vector<std::string> all;
  std::ifstream lines(path);
  for (std::string line; std::getline(lines, line);) all.push_back(line);
  return all;
}

/// Rows of a field of a data set that stays open.
class MappedRows : public DenseRows {
 public:
  explicit MappedRows(Dataset data) : data_(std::move(data)) {}
  std::string_view row(Item item) const override {
    const DenseField& field = data_.dense().front();
    const auto bytes = row_bytes(field.width, field.half);
    return {field.values + static_cast<std::size_t>(item) * bytes, bytes};
  }

 private:
  Dataset data_;
};

FieldColumn read_field(const std::filesystem::path& folder, const Field& field) {
  auto data = Dataset::open(folder, {field.name});
  FieldColumn column;
  column.field = field;
  if (field.sparse) {
    column.offsets = data.sparse().offsets;
    column.ids = data.sparse().ids;
    column.vocabulary = lines_of(folder / field_file(field.name, "vocabulary.txt"));
  } else {
    column.rows = std::make_shared<MappedRows>(std::move(data));
  }
  return column;
}

EventColumn read_feature(const std::filesystem::path& folder, const Field& field) {
  // Not by opening the data set with it: as a context it may be too wide, and here it is only copied.
  EventColumn column;
  column.field = field;
  const auto read = [&](auto& values, const char* what) {
    const auto path = folder / event_file(field.name, what);
    std::ifstream file(path, std::ios::binary);
    values.resize(std::filesystem::file_size(path) / sizeof(values[0]));
    file.read(reinterpret_cast<char*>(values.data()),
              static_cast<std::streamsize>(values.size() * sizeof(values[0])));
  };
  if (field.sparse) {
    read(column.ids, "ids.i32");
    column.vocabulary = lines_of(folder / event_file(field.name, "vocabulary.txt"));
  } else {
    read(column.values, "values.f32");
  }
  return column;
}

}  // namespace

Columns read_columns(const std::filesystem::path& folder) {
  const auto data = Dataset::open(folder, {});
  Columns columns;
  columns.offsets = {0};
  for (User user = 0; user < data.users(); ++user) {
    const auto history = data.history(user);
    columns.user_ids.emplace_back(data.user_id(user));
    columns.items.insert(columns.items.end(), history.items.begin(), history.items.end());
    columns.times.insert(columns.times.end(), history.times.begin(), history.times.end());
    columns.offsets.push_back(static_cast<std::int64_t>(columns.items.size()));
  }
  for (Item item = 1; item <= data.items(); ++item) columns.item_ids.emplace_back(data.item_id(item));
  for (const Field& field : data.fields()) columns.fields.push_back(read_field(folder, field));
  for (const Field& field : data.event_fields()) columns.event_fields.push_back(read_feature(folder, field));
  return columns;
}

}  // namespace pebench::data
