#include "host/controller/data/columns.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

#include "host/base/file.h"
#include "host/base/hash.h"
#include "host/base/new_folder.h"
#include "host/base/refusal.h"
#include "host/contract/fields.h"
#include "host/controller/data/outside.h"
#include "host/data/files.h"

namespace pebench::data {
namespace {

template <class T>
std::string_view bytes_of(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

std::string lines_of(const std::vector<std::string>& texts) {
  std::string lines;
  for (const auto& text : texts) lines += text + "\n";
  return lines;
}

/// Writes files into a folder and remembers the hash of each.
class Writer {
 public:
  Writer(std::filesystem::path folder, const Checkpoint& checkpoint)
      : folder_(std::move(folder)), checkpoint_(checkpoint) {}
  void add(const std::string& name, std::string_view content) {
    if (checkpoint_) checkpoint_();
    base::write_atomically(folder_ / name, content);
    files_[name] = {{"bytes", content.size()}, {"sha256", base::sha256(content)}};
  }
  /// The rows of a dense field, a few megabytes at a time.
  void add_rows(const std::string& name, const FieldColumn& column, std::int64_t items) {
    if (checkpoint_) checkpoint_();
    const auto path = folder_ / name;
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0) base::refuse("create", path, {errno, std::generic_category()});
    const std::string zeros(row_bytes(column.field.width, column.field.half), '\0');
    base::Sha256 hash;
    std::uintmax_t bytes = 0;
    std::string waiting;
    bool written = true;
    const auto flush = [&] {
      written = written && base::write_all(file, waiting);
      hash.add(waiting);
      bytes += waiting.size();
      waiting.clear();
    };
    for (std::int64_t item = 0; item <= items && written; ++item) {
      const auto row = dense_row(column, static_cast<Item>(item));
      waiting += row.empty() ? std::string_view(zeros) : row;
      if (waiting.size() >= std::size_t{1} << 22) flush();
    }
    flush();
    written = written && ::fsync(file) == 0;
    const int reason = errno;
    ::close(file);
    if (!written) base::refuse("write", path, {reason, std::generic_category()});
    files_[name] = {{"bytes", bytes}, {"sha256", hash.hex()}};
  }
  std::string hash(const std::string& name) const { return files_.at(name).at("sha256"); }
  const nlohmann::json& files() const { return files_; }

 private:
  std::filesystem::path folder_;
  const Checkpoint& checkpoint_;
  nlohmann::json files_ = nlohmann::json::object();
};

/// Gives what dataset.json says of it.
nlohmann::json write_field(Writer& writer, const FieldColumn& column, std::int64_t items) {
  const Field& field = column.field;
  std::string content = field.name + "\n";
  const auto add = [&](const char* what, std::string_view bytes) {
    writer.add(field_file(field.name, what), bytes);
    content += writer.hash(field_file(field.name, what)) + "\n";
  };
  nlohmann::json described = {
      {"name", field.name}, {"kind", field.sparse ? "sparse" : "dense"}, {"width", field.width}};
  if (field.sparse) {
    add("offsets.i64", bytes_of(column.offsets));
    add("ids.i32", bytes_of(column.ids));
    add("vocabulary.txt", lines_of(column.vocabulary));
  } else {
    const std::string name = values_file(field.name, field.half);
    writer.add_rows(name, column, items);
    content += writer.hash(name) + "\n";
    if (field.half) described["type"] = "float16";
  }
  described["hash"] = base::sha256(content);
  return described;
}

nlohmann::json write_event_field(Writer& writer, const EventColumn& column) {
  const Field& field = column.field;
  std::string content = field.name + "\n";
  const auto add = [&](const char* what, std::string_view bytes) {
    writer.add(event_file(field.name, what), bytes);
    content += writer.hash(event_file(field.name, what)) + "\n";
  };
  if (field.sparse) {
    add("ids.i32", bytes_of(column.ids));
    add("vocabulary.txt", lines_of(column.vocabulary));
  } else {
    add("values.f32", bytes_of(column.values));
  }
  return {{"name", field.name},
          {"kind", field.sparse ? "sparse" : "dense"},
          {"width", field.width},
          {"hash", base::sha256(content)}};
}

nlohmann::json write_files(const std::filesystem::path& folder, const Columns& columns,
                           const Checkpoint& checkpoint) {
  Writer writer(folder, checkpoint);
  writer.add(file::offsets, bytes_of(columns.offsets));
  writer.add(file::items, bytes_of(columns.items));
  writer.add(file::times, bytes_of(columns.times));
  writer.add(file::user_ids, lines_of(columns.user_ids));
  writer.add(file::item_ids, lines_of(columns.item_ids));
  std::string events;
  for (const char* name : {file::offsets, file::items, file::times, file::user_ids, file::item_ids})
    events += writer.hash(name) + "\n";
  nlohmann::json fields = nlohmann::json::array();
  for (const auto& column : columns.fields)
    fields.push_back(write_field(writer, column, static_cast<std::int64_t>(columns.item_ids.size())));
  nlohmann::json meta = {{"format", format_version},
                         {"users", columns.user_ids.size()},
                         {"items", columns.item_ids.size()},
                         {"events", columns.items.size()},
                         {"events_hash", base::sha256(events)},
                         {"fields", fields}};
  for (const auto& column : columns.event_fields)
    meta["event_fields"].push_back(write_event_field(writer, column));
  meta["files"] = writer.files();
  return meta;
}

}  // namespace

std::string_view dense_row(const FieldColumn& column, Item item) {
  if (column.rows) return item == 0 ? std::string_view() : column.rows->row(item);
  const auto width = static_cast<std::size_t>(column.field.width);
  return {reinterpret_cast<const char*>(column.values.data() + item * width), width * sizeof(float)};
}

const EventColumn* event_column(const Columns& columns, std::string_view name) {
  for (const EventColumn& column : columns.event_fields)
    if (column.field.name == name) return &column;
  return nullptr;
}

bool write_columns(const std::filesystem::path& destination, const Columns& columns,
                   const nlohmann::json& source, const Checkpoint& checkpoint) {
  if (base::exists(destination)) return false;
  if (checkpoint) checkpoint();
  require_outside_data_sets(destination);
  base::NewFolder folder(destination);
  nlohmann::json meta = write_files(folder.path(), columns, checkpoint);
  meta["source"] = source;
  base::write_atomically(folder.path() / file::meta, contract::dump(meta, 2) + "\n");
  if (checkpoint) checkpoint();
  return folder.appear();
}

}  // namespace pebench::data
