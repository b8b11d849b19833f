#include "host/controller/data/read_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <set>

#include "host/base/error.h"
#include "host/base/hash.h"
#include "host/base/nearest.h"
#include "host/controller/data/clock.h"
#include "host/controller/data/event_collector.h"
#include "host/controller/data/item_collector.h"
#include "host/controller/data/item_values.h"
#include "host/controller/data/items_jsonl.h"
#include "host/controller/data/name_order.h"
#include "host/controller/data/negatives_cell.h"
#include "host/controller/data/split_parts.h"

namespace pebench::data {
namespace {

constexpr std::size_t beginning = 1 << 16;  // of a file, by which it is recognised

struct File {
  std::unique_ptr<TextFile> text;
  Shape shape;
};

File open(const GivenFile& given, const Reading& reading) {
  const std::filesystem::path& path = given.path;
  File file{std::make_unique<TextFile>(path), {}};
  file.text->watch(reading.on_read);
  const std::string_view begin = file.text->begin(beginning);
  if (begin.empty())
    throw base::InputError(fmt::format(
        "{}:1: the file is empty: write {} a line", path.string(),
        given.shape && given.shape->holds == Holds::items ? "one object" : "an event, below a header,"));
  if (given.shape) {
    file.shape = *given.shape;
    return file;
  }
  const auto known = recognise(begin);
  if (reading.columns) {
    file.shape = named_table(begin, *reading.columns, reading.layout);
    // What describes items, beside the table, is recognised as ever.
    if (known && known->holds != Holds::events && !has_columns(begin, file.shape)) file.shape = *known;
  } else if (known) {
    file.shape = *known;
  } else {
    throw base::InputError(
        fmt::format("{}: no known format begins with '{:.60}'; name the columns, as in --columns "
                    "user=NAME,item=NAME,timestamp=NAME, or give one of: {}",
                    path.string(), begin.substr(0, begin.find_first_of("\r\n")), known_shapes()));
  }
  return file;
}

/// `part` of a split, where the files are such parts. A feature that the file has no column of is missing.
void read_events(File& file, Clock& clock, const std::optional<std::string>& part, EventCollector& events) {
  const Shape& shape = file.shape;
  std::vector<Column> wanted = {shape.user, shape.item};
  if (!shape.time.empty()) wanted.push_back(shape.time);
  const std::size_t needed = wanted.size();
  std::vector<std::optional<std::size_t>> cell_of;  // of a collected feature
  for (const FeatureCollector& collected : events.features()) {
    const auto own =
        std::find_if(shape.features.begin(), shape.features.end(),
                     [&](const EventFeature& feature) { return feature.name == collected.name(); });
    cell_of.push_back(own == shape.features.end() ? std::nullopt : std::optional(wanted.size()));
    if (own != shape.features.end()) wanted.push_back(own->column);
  }
  Layout layout = shape.layout;
  layout.scalars = true;
  for (const EventFeature& feature : shape.features)
    if (feature.kind == FeatureKind::items) layout.list = feature.column;
  const auto keys = first_row(file.text->begin(beginning), layout);
  std::vector<std::optional<std::string_view>> features;
  read_rows(*file.text, layout, wanted, [&](const Row& row) {
    const Spot spot{&file.text->path(), row.line};
    for (std::size_t i = 0; i < needed; ++i)
      if (!row.cells[i])
        throw base::InputError(fmt::format("{}: there is no '{}'; {}", spot.text(), wanted[i],
                                           std::find(keys.begin(), keys.end(), wanted[i]) == keys.end()
                                               ? base::remedy(wanted[i], keys)
                                               : "give every event a user, an item and a time"));
    std::optional<Instant> time;
    if (!shape.time.empty()) time = clock.read(*row.cells[2], spot);
    features.clear();
    for (const auto& cell : cell_of) features.push_back(cell ? row.cells[*cell] : std::nullopt);
    if (part) features.back() = *part;
    events.add(*row.cells[0], *row.cells[1], time, features.data(), spot);
  });
}

/// Negatives are usually given for what is tested: a table without their column may stand beside one that has
/// it, and is told of.
void drop_absent_negatives(const std::vector<File*>& files, std::vector<std::string>& notes) {
  const auto absent_from = [](const File& file) {
    const auto& features = file.shape.features;
    const auto negatives = std::find_if(features.begin(), features.end(), [](const EventFeature& feature) {
      return feature.kind == FeatureKind::items;
    });
    if (negatives == features.end() || !file.shape.layout.header ||
        file.shape.layout.kind == Layout::Kind::json || file.shape.layout.kind == Layout::Kind::python)
      return features.end();
    const auto row = first_row(file.text->begin(beginning), file.shape.layout);
    return std::find(row.begin(), row.end(), negatives->column) == row.end() ? negatives : features.end();
  };
  const auto lacks = [&](const File* file) { return absent_from(*file) != file->shape.features.end(); };
  if (std::all_of(files.begin(), files.end(), lacks)) return;
  for (File* file : files) {
    const auto absent = absent_from(*file);
    if (absent == file->shape.features.end()) continue;
    notes.push_back(fmt::format("{} has no column '{}': its events are given no negatives",
                                file->text->path().filename().string(), absent->column));
    file->shape.features.erase(absent);
  }
}

/// The features of events, to be collected from these files; the part is the last.
std::vector<FeatureCollector> collectors(const std::vector<File*>& files, bool has_parts,
                                         const NameOrder& order, const std::filesystem::path& order_file) {
  std::vector<FeatureCollector> all;
  for (const File* file : files)
    for (const EventFeature& feature : file->shape.features)
      if (std::none_of(all.begin(), all.end(),
                       [&](const FeatureCollector& known) { return known.name() == feature.name; }))
        all.emplace_back(feature.name, feature.kind);
  if (has_parts) all.emplace_back(part_feature, FeatureKind::word);
  for (FeatureCollector& feature : all)
    if (const auto listed = order.event_words.find(feature.name()); listed != order.event_words.end())
      for (const std::string& word : listed->second) feature.list(word, {&order_file, 0});
  return all;
}

/// What an order of names lists, for people.
std::string listed(const NameOrder& order) {
  std::vector<std::string> what;
  if (!order.items.empty()) what.push_back(fmt::format("{} items", order.items.size()));
  for (const auto* fields : {&order.words, &order.event_words})
    for (const auto& [field, words] : *fields)
      what.push_back(fmt::format("{} words of '{}'", words.size(), field));
  return fmt::format("{}", fmt::join(what, ", "));
}

/// What is said of the features that were read.
void note_features(const Columns& columns, const EventCollector& events, std::vector<std::string>& notes) {
  for (std::size_t f = 0; f < columns.event_fields.size(); ++f) {
    const Field& field = columns.event_fields[f].field;
    if (field.name == part_feature || field.name == negatives_feature) continue;
    std::string note = fmt::format("each event's {}: {}", field.name,
                                   field.sparse ? fmt::format("{} categories", field.width) : "a number");
    if (const std::string& odd = events.features()[f].odd_one(); !odd.empty())
      note += fmt::format(", since '{:.60}' is no number, though others are", odd);
    if (const auto missing = events.features()[f].no_numbers(); missing > 0)
      note += fmt::format("; {} are no number and count as missing", missing);
    notes.push_back(note);
  }
  for (std::string note : {note_of_parts(columns), note_of_negatives(columns)})
    if (!note.empty()) notes.push_back(std::move(note));
}

std::string read_items(File& file, ItemCollector& items) {
  const Shape& shape = file.shape;
  if (shape.every_key) {
    read_items_jsonl(*file.text, items);
    return items.matched(file.text->path());
  }
  std::vector<Column> wanted = {shape.item};
  std::vector<ItemValues> values;
  for (const ItemField& field : shape.fields) {
    values.emplace_back(field);
    if (field.meaning == Meaning::flags)
      for (std::size_t i = 0; i < field.names.size(); ++i)
        wanted.push_back(std::to_string(std::stoul(field.column) + i));
    else
      wanted.push_back(field.column);
  }
  read_rows(*file.text, shape.layout, wanted, [&](const Row& row) {
    const std::string place = Spot{&file.text->path(), row.line}.text();
    if (!row.cells[0]) throw base::InputError(fmt::format("{}: there is no '{}'", place, wanted[0]));
    if (!items.begin(*row.cells[0], place)) return;
    std::size_t next = 1;
    for (std::size_t f = 0; f < values.size(); ++f) {
      const ItemField& field = shape.fields[f];
      if (field.meaning == Meaning::flags) {
        nlohmann::json words = nlohmann::json::array();
        for (const std::string& name : field.names)
          if (row.cells[next++] == "1") words.push_back(name);
        items.add(field.name, words, place);
      } else if (const auto& cell = row.cells[next++]) {
        items.add(field.name, values[f].of(*cell), place);
      }
    }
  });
  std::string sentence = items.matched(file.text->path());
  for (std::size_t f = 0; f < values.size(); ++f)
    if (values[f].missing() > 0)
      sentence += fmt::format("; {} values of '{}' are no number and count as missing", values[f].missing(),
                              shape.fields[f].name);
  return sentence;
}

}  // namespace

std::vector<GivenFile> own_files(const Source& source) {
  std::vector<GivenFile> files = {{source.interactions, own_events()}};
  if (source.items) files.push_back({*source.items, own_items()});
  return files;
}

ReadFiles read_files(const std::vector<GivenFile>& given, const Reading& reading) {
  ReadFiles read;
  std::vector<File> files;
  for (const GivenFile& one : given) files.push_back(open(one, reading));
  const auto about = [&](Holds holds) {
    std::vector<File*> chosen;
    for (File& file : files)
      if (file.shape.holds == holds) chosen.push_back(&file);
    return chosen;
  };
  const auto of_events = about(Holds::events), of_items = about(Holds::items), of_users = about(Holds::users),
             of_order = about(Holds::order);
  if (of_events.empty())
    throw base::InputError(fmt::format("{}: these are no events but {}: give the file that has them too",
                                       given.front().path.string(), files.front().shape.format));
  for (const File* file : of_events)
    if (file->shape.format != of_events.front()->shape.format)
      throw base::InputError(fmt::format(
          "{} is {}, but {} is {}: give events of one format", of_events.front()->text->path().string(),
          of_events.front()->shape.format, file->text->path().string(), file->shape.format));
  if (of_items.size() > 1)
    throw base::InputError(fmt::format("{} and {} both describe items: give one of them",
                                       of_items[0]->text->path().string(),
                                       of_items[1]->text->path().string()));

  if (of_order.size() > 1)
    throw base::InputError(fmt::format("{} and {} both give an order of names: give one of them",
                                       of_order[0]->text->path().string(),
                                       of_order[1]->text->path().string()));

  drop_absent_negatives(of_events, read.notes);
  Clock clock(reading.time_format,
              reading.time_unit.empty() ? of_events.front()->shape.time_unit : reading.time_unit);
  std::vector<std::filesystem::path> paths;
  for (const File* file : of_events) paths.push_back(file->text->path());
  const bool names_parts = std::any_of(of_events.begin(), of_events.end(), [](const File* file) {
    const auto& features = file->shape.features;
    return std::any_of(features.begin(), features.end(),
                       [](const EventFeature& feature) { return feature.name == part_feature; });
  });
  const auto parts = names_parts ? std::vector<std::string>() : parts_of(paths);
  if (std::string note = names_parts ? "" : note_of_unclear_parts(paths); !note.empty())
    read.notes.push_back(std::move(note));
  const NameOrder order = of_order.empty() ? NameOrder() : read_order(*of_order[0]->text);
  EventCollector events(collectors(of_events, !parts.empty(), order,
                                   of_order.empty() ? std::filesystem::path() : of_order[0]->text->path()));
  for (const std::string& item : order.items) events.list_item(item, {&of_order[0]->text->path(), 0});
  for (const std::size_t f : order_of_parts(parts, of_events.size())) {
    File* file = of_events[f];
    read_events(*file, clock, parts.empty() ? std::nullopt : std::optional(parts[f]), events);
    read.notes.push_back(
        fmt::format("events: {}, read as {}", file->text->path().filename().string(), file->shape.format));
  }
  if (events.count() == 0)
    throw base::InputError(
        fmt::format("{}: there are no events: give one a line", of_events.front()->text->path().string()));
  list_negatives(events);
  const Shape& shape = of_events.front()->shape;
  read.notes.push_back(
      shape.time.empty()
          ? "there are no times: the order of lines is the order of events, counted as seconds "
            "from 0 for each user; what needs times means nothing here"
          : clock.note());
  std::set<std::string> left;
  for (const File* file : of_events)
    if (!file->shape.left.empty() && left.insert(file->shape.left).second)
      read.notes.push_back(fmt::format("not read: {}", file->shape.left));

  std::vector<FieldColumn> fields;
  if (!of_items.empty()) {
    ItemCollector items(events.items());
    for (const auto& [field, words] : order.words)
      for (const std::string& word : words) items.list(field, word);
    read.notes.push_back(fmt::format("items: {}, read as {}", of_items[0]->text->path().filename().string(),
                                     of_items[0]->shape.format));
    read.notes.push_back(read_items(*of_items[0], items));
    fields = items.columns();
  }
  for (const Vectors& vectors : reading.vectors) {
    if (std::any_of(fields.begin(), fields.end(),
                    [&](const FieldColumn& column) { return column.field.name == vectors.name; }))
      throw base::InputError(
          fmt::format("--vectors: there is a field '{}' already: name this one otherwise", vectors.name));
    ReadVectors one = read_vectors(vectors, events.items());
    read.notes.push_back(std::move(one.note));
    fields.push_back(std::move(one.column));
  }
  if (!of_order.empty())
    read.notes.push_back(fmt::format("numbered as {} lists them, also what has no events: {}",
                                     of_order[0]->text->path().filename().string(), listed(order)));
  for (File* file : of_users)
    read.notes.push_back(fmt::format("{} describes users, which nothing here uses: left out",
                                     file->text->path().filename().string()));
  read.has_times = !shape.time.empty();
  read.is_finer_than_seconds = read.has_times && clock.is_finer_than_seconds();
  read.columns = events.take(shape.time.empty() ? 1 : clock.units_in_second());
  note_features(read.columns, events, read.notes);
  read.columns.fields = std::move(fields);
  read.files = nlohmann::json::array();
  for (File& file : files)
    read.files.push_back({{"path", file.text->path().string()},
                          {"format", file.shape.format},
                          {"sha256", file.text->sha256()}});
  for (const auto& file : read.files)
    if (std::count_if(read.files.begin(), read.files.end(),
                      [&](const auto& other) { return other["sha256"] == file["sha256"]; }) > 1)
      throw base::InputError(fmt::format("{} is given twice, or another file is the same: give it once",
                                         file["path"].get<std::string>()));
  for (const Vectors& vectors : reading.vectors)
    for (const auto& [path, format] :
         {std::pair(vectors.array, std::string("vectors, by NumPy")),
          std::pair(vectors.items, "the items of " + vectors.array.filename().string())})
      read.files.push_back(
          {{"path", path.string()}, {"format", format}, {"sha256", base::sha256_of_file(path)}});
  return read;
}

}  // namespace pebench::data
