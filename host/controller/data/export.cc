#include "host/controller/data/export.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/new_folder.h"
#include "host/base/text_writer.h"
#include "host/controller/data/export_tables.h"
#include "host/controller/data/name_order.h"
#include "host/controller/data/outside.h"
#include "host/controller/data/read_files.h"
#include "host/controller/data/same_columns.h"

namespace pebench::data {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t widest_in_text = 64;
constexpr const char* vector_items = "vector_items.txt";
constexpr std::int64_t year_1980 = 315532800, year_2100 = 4102444800;  // what is told from a column of times

bool is_array(const FieldColumn& column) {
  return !column.field.sparse && (column.field.half || column.field.width > widest_in_text);
}

/// Whether numbers from 0 come in their order for the first time, and all of them.
class Ascending {
 public:
  void meet(std::int64_t number) {
    if (number > next_) ok_ = false;
    if (number == next_) ++next_;
  }
  bool all(std::size_t count) const { return ok_ && next_ == static_cast<std::int64_t>(count); }

 private:
  std::int64_t next_ = 0;
  bool ok_ = true;
};

/// The names whose numbers an import of the rows as they are written would not give them.
NameOrder order_of(const Columns& columns, const std::vector<const FieldColumn*>& fields) {
  NameOrder order;
  Ascending items;
  for (const Item item : columns.items) items.meet(item - 1);
  if (!items.all(columns.item_ids.size())) order.items = columns.item_ids;
  for (const FieldColumn* column : fields) {
    Ascending words;
    for (const std::int32_t id : column->ids) words.meet(id);
    if (column->field.sparse && !words.all(column->vocabulary.size()))
      order.words[column->field.name] = column->vocabulary;
  }
  for (const EventColumn& column : columns.event_fields) {
    Ascending words;
    for (const std::int32_t id : column.ids) words.meet(id);
    if (column.field.sparse && !words.all(column.vocabulary.size()))
      order.event_words[column.field.name] = column.vocabulary;
  }
  return order;
}

bool are_likely(const std::vector<std::int64_t>& times) {
  const auto [least, most] = std::minmax_element(times.begin(), times.end());
  return *least >= year_1980 && *most <= year_2100;
}

/// Writes the files and tells how they are read.
class Exporter {
 public:
  Exporter(fs::path folder, std::string name, const Columns& columns, ExportFormat format,
           const Checkpoint& checkpoint)
      : folder_(std::move(folder)),
        name_(std::move(name)),
        columns_(columns),
        format_(format),
        checkpoint_(checkpoint) {
    if (checkpoint) reading_.on_read = [checkpoint](std::int64_t) { checkpoint(); };
  }

  Exported run() {
    std::vector<const FieldColumn*> in_text;
    for (const FieldColumn& column : columns_.fields)
      if (!is_array(column)) in_text.push_back(&column);
    const bool recbole = format_ == ExportFormat::recbole;
    const std::string events = recbole                        ? name_ + ".inter"
                               : format_ == ExportFormat::csv ? "interactions.csv"
                                                              : "interactions.tsv";
    export_events(file(events), columns_, format_);
    if (!in_text.empty()) {
      const std::string items = recbole ? name_ + ".item" : "items.jsonl";
      if (recbole)
        export_recbole_items(file(items), columns_, in_text);
      else
        export_items_jsonl(file(items), columns_, in_text);
    }
    if (const NameOrder order = order_of(columns_, in_text); !order.empty())
      write_order(file("order.jsonl"), order);
    say_how_to_read();
    write_arrays();
    return std::move(exported_);
  }

  const Reading& reading() const { return reading_; }

 private:
  /// A file that an import is given.
  fs::path file(const std::string& name) {
    if (checkpoint_) checkpoint_();
    exported_.files.push_back(name);
    exported_.arguments.push_back({"", "", name});
    return folder_ / name;
  }

  void say_how_to_read() {
    if (format_ == ExportFormat::csv || (format_ == ExportFormat::tsv && !columns_.event_fields.empty())) {
      NamedColumns named{"user", "item", "timestamp", {}};
      std::string text = "user=user,item=item,timestamp=timestamp";
      for (const EventColumn& column : columns_.event_fields) {
        named.features.push_back(named_feature(column.field.name, column.field.name));
        text += fmt::format(",{0}={0}", column.field.name);
      }
      reading_.columns = named;
      exported_.arguments.push_back({"--columns", text, ""});
    }
    if ((reading_.columns || format_ == ExportFormat::recbole) && !are_likely(columns_.times)) {
      reading_.time_unit = "s";
      exported_.arguments.push_back({"--time-unit", "s", ""});
    }
  }

  void write_arrays() {
    const auto items = static_cast<std::int64_t>(columns_.item_ids.size());
    for (const FieldColumn& column : columns_.fields) {
      if (!is_array(column)) continue;
      const std::string name = column.field.name + ".npy";
      export_npy(folder_ / name, column, items);
      exported_.files.push_back(name);
      exported_.arguments.push_back({"--vectors", column.field.name + "=", name});
      reading_.vectors.push_back({column.field.name, folder_ / name, folder_ / vector_items});
    }
    if (reading_.vectors.empty()) return;
    base::TextWriter file(folder_ / vector_items);
    for (const std::string& id : columns_.item_ids) file.add(id + "\n");
    file.finish();
    exported_.files.emplace_back(vector_items);
    exported_.arguments.push_back({"--vector-items", "", vector_items});
  }

  fs::path folder_;
  std::string name_;
  const Columns& columns_;
  ExportFormat format_;
  const Checkpoint& checkpoint_;
  Exported exported_;
  Reading reading_;
};

/// Throws InputError unless an import of the files gives the same data set.
void require_same(const fs::path& folder, const Exported& exported, const Reading& reading,
                  const Columns& columns) {
  std::vector<GivenFile> files;
  for (const ImportArgument& argument : exported.arguments)
    if (argument.option.empty()) files.push_back({folder / argument.file});
  const auto other = difference(columns, read_files(files, reading).columns);
  if (!other.empty())
    throw base::InputError(fmt::format(
        "{} would come back otherwise from this format: take another of --format recbole, csv and tsv",
        other));
}

}  // namespace

Exported export_to(const fs::path& destination, const Columns& columns, ExportFormat format,
                   const Checkpoint& checkpoint) {
  if (base::exists(destination)) base::refuse_existing(destination);
  if (checkpoint) checkpoint();
  require_outside_data_sets(destination);
  base::NewFolder folder(destination);
  Exporter exporter(folder.path(), folder.name(), columns, format, checkpoint);
  Exported exported = exporter.run();
  require_same(folder.path(), exported, exporter.reading(), columns);
  if (checkpoint) checkpoint();
  if (!folder.appear()) base::refuse_existing(destination);
  return exported;
}

}  // namespace pebench::data
