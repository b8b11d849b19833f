#include "host/controller/data/read_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <regex>
#include <set>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/contract/fields.h"
#include "host/controller/data/clock.h"
#include "host/controller/data/event_collector.h"
#include "host/controller/data/item_collector.h"
#include "host/controller/data/items_jsonl.h"
#include "host/controller/data/lines.h"
#include "host/controller/data/python_literal.h"
#include "host/controller/data/shapes.h"

namespace pebench::data {
namespace {

constexpr std::size_t beginning = 1 << 16;  // of a file, by which it is recognised

struct File {
  std::unique_ptr<TextFile> text;
  Shape shape;
};

bool is_number(const Column& column) {
  return !column.empty() && column.find_first_not_of("0123456789") == std::string::npos;
}

/// The layout that a file looks like: the separator that its first row has most of outside quotes, and blanks
/// where it has no other.
Layout looks_like(std::string_view begin, bool header) {
  const std::string_view line = begin.substr(0, begin.find('\n'));
  if (!line.empty() && line.front() == '{') {
    const Layout json{Layout::Kind::json, "", true};
    return first_row(begin, json).empty() ? Layout{Layout::Kind::python, "", true} : json;
  }
  const auto count = [&](char c) {
    std::ptrdiff_t found = 0;
    bool quoted = false;
    for (const char d : line) {
      if (d == '"') quoted = !quoted;
      if (d == c && !quoted) ++found;
    }
    return found;
  };
  char most = ',';
  for (const char separator : {'\t', ';', '|'})
    if (count(separator) > count(most)) most = separator;
  if (count(most) == 0 && count(' ') > 0) most = ' ';
  return {most == '\t' ? Layout::Kind::separated : Layout::Kind::quoted, std::string(1, most), header};
}

/// How the rows of a file are written, for people.
std::string how(const Layout& layout) {
  if (layout.kind == Layout::Kind::json) return "JSON lines";
  if (layout.kind == Layout::Kind::python) return "Python's dictionaries";
  const std::string separator = layout.separator == "\t"  ? "tabs"
                                : layout.separator == " " ? "blanks"
                                                          : "'" + layout.separator + "'";
  return fmt::format("a table {} header, separated by {}", layout.header ? "with a" : "without", separator);
}

Shape named_shape(std::string_view begin, const Reading& reading) {
  const Reading::Named& named = *reading.columns;
  const bool by_number =
      is_number(named.user) && is_number(named.item) && (named.time.empty() || is_number(named.time));
  Shape shape;
  shape.layout = reading.layout ? *reading.layout : looks_like(begin, !by_number);
  if (shape.layout.kind == Layout::Kind::quoted || shape.layout.kind == Layout::Kind::separated)
    shape.layout.header = !by_number;
  shape.format = fmt::format("{}, columns {}, {}{}", how(shape.layout), named.user, named.item,
                             named.time.empty() ? "" : ", " + named.time);
  shape.user = named.user;
  shape.item = named.item;
  shape.time = named.time;
  return shape;
}

/// Whether the first row has the columns of the shape; of a table without header, whether it has as many.
bool has_columns(std::string_view begin, const Shape& shape) {
  const auto row = first_row(begin, shape.layout);
  const auto has = [&](const Column& column) {
    return column.empty() || std::find(row.begin(), row.end(), column) != row.end() ||
           (!shape.layout.header && std::stoul(column) <= row.size());
  };
  return has(shape.user) && has(shape.item) && has(shape.time);
}

File open(const std::filesystem::path& path, const Reading& reading) {
  File file{std::make_unique<TextFile>(path), {}};
  const std::string_view begin = file.text->begin(beginning);
  if (begin.empty())
    throw base::InputError(fmt::format("{}: the file is empty: write an event a line", path.string()));
  const auto known = recognise(begin);
  if (reading.columns) {
    file.shape = named_shape(begin, reading);
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

void read_events(File& file, Clock& clock, EventCollector& events) {
  const Shape& shape = file.shape;
  std::vector<Column> wanted = {shape.user, shape.item};
  if (!shape.time.empty()) wanted.push_back(shape.time);
  Layout layout = shape.layout;
  layout.scalars = true;
  const auto keys = first_row(file.text->begin(beginning), layout);
  read_rows(*file.text, layout, wanted, [&](const Row& row) {
    const Spot spot{&file.text->path(), row.line};
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (!row.cells[i])
        throw base::InputError(fmt::format("{}: there is no '{}'; {}", spot.text(), wanted[i],
                                           std::find(keys.begin(), keys.end(), wanted[i]) == keys.end()
                                               ? base::remedy(wanted[i], keys)
                                               : "give every event a user, an item and a time"));
    if (shape.time.empty())
      events.add(*row.cells[0], *row.cells[1], spot);
    else
      events.add(*row.cells[0], *row.cells[1], clock.read(*row.cells[2], spot), spot);
  });
}

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

/// "$1,299.00": commas stand before groups of three digits alone, so that "12,50" is no price.
std::optional<double> price_of(std::string_view text) {
  static const std::regex form(R"(\$?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?)");
  if (!std::regex_match(text.begin(), text.end(), form)) return std::nullopt;
  std::string digits;
  for (const char c : text)
    if (c != ',' && c != '$') digits += c;
  return number_of(digits);
}

/// The texts of a list, nested or not, without tags of HTML.
void flatten(const nlohmann::json& value, nlohmann::json& words) {
  if (value.is_array())
    for (const auto& inner : value) flatten(inner, words);
  else if (value.is_string() && !value.get_ref<const std::string&>().empty() &&
           value.get_ref<const std::string&>().front() != '<')
    words.push_back(value);
}

/// A cell's text as the value that items.jsonl would have.
class Values {
 public:
  explicit Values(const ItemField& field) : field_(field) {}

  nlohmann::json of(std::string_view text) {
    if (text.empty() || text == field_.nothing) return nullptr;
    switch (field_.meaning) {
      case Meaning::word:
        return std::string(text);
      case Meaning::words:
        return words(text);
      case Meaning::number:
      case Meaning::price: {
        const auto number = field_.meaning == Meaning::price ? price_of(text) : number_of(text);
        if (!number) ++missing_;
        return number ? nlohmann::json(*number) : nullptr;
      }
      case Meaning::numbers:
        return numbers(text);
      case Meaning::flags:
        break;
    }
    return nullptr;
  }
  std::int64_t missing() const { return missing_; }

 private:
  nlohmann::json words(std::string_view text) const {
    nlohmann::json words = nlohmann::json::array();
    if (text.front() == '[') {
      auto list = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
      if (list.is_discarded()) list = python_literal(text).value_or(nullptr);
      flatten(list, words);
      if (!list.is_null()) return words;
    }
    for (std::size_t from = 0; from <= text.size();) {
      const std::size_t end = std::min(text.find(field_.separator, from), text.size());
      if (end > from) words.push_back(text.substr(from, end - from));
      from = end + field_.separator.size();
    }
    return words;
  }

  nlohmann::json numbers(std::string_view text) {
    nlohmann::json numbers = nlohmann::json::array();
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t end = std::min(text.find(' ', from), text.size());
      const auto number = number_of(text.substr(from, end - from));
      if (!number && end > from) {
        ++missing_;
        return nullptr;
      }
      if (number) numbers.push_back(*number);
      from = end + 1;
    }
    return numbers;
  }

  const ItemField& field_;
  std::int64_t missing_ = 0;
};

std::string read_items(File& file, ItemCollector& items) {
  const Shape& shape = file.shape;
  if (shape.own_items) {
    read_items_jsonl(*file.text, items);
    return items.matched(file.text->path());
  }
  std::vector<Column> wanted = {shape.item};
  std::vector<Values> values;
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

ReadFiles read_files(const std::vector<std::filesystem::path>& paths, const Reading& reading) {
  ReadFiles read;
  std::vector<File> files;
  for (const auto& path : paths) files.push_back(open(path, reading));
  const auto about = [&](Holds holds) {
    std::vector<File*> chosen;
    for (File& file : files)
      if (file.shape.holds == holds) chosen.push_back(&file);
    return chosen;
  };
  const auto of_events = about(Holds::events), of_items = about(Holds::items), of_users = about(Holds::users);
  if (of_events.empty())
    throw base::InputError(fmt::format("{}: these are no events but {}: give the file that has them too",
                                       paths.front().string(), files.front().shape.format));
  for (const File* file : of_events)
    if (file->shape.format != of_events.front()->shape.format)
      throw base::InputError(fmt::format(
          "{} is {}, but {} is {}: give events of one format", of_events.front()->text->path().string(),
          of_events.front()->shape.format, file->text->path().string(), file->shape.format));
  if (of_items.size() > 1)
    throw base::InputError(fmt::format("{} and {} both describe items: give one of them",
                                       of_items[0]->text->path().string(),
                                       of_items[1]->text->path().string()));

  const bool own = of_events.front()->shape.format == own_format;
  Clock clock(reading.time_format, own && reading.time_unit.empty() ? "s" : reading.time_unit);
  EventCollector events;
  for (File* file : of_events) {
    read_events(*file, clock, events);
    read.notes.push_back(
        fmt::format("events: {}, read as {}", file->text->path().filename().string(), file->shape.format));
  }
  if (events.count() == 0)
    throw base::InputError(
        fmt::format("{}: there are no events: give one a line", of_events.front()->text->path().string()));
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
    read.notes.push_back(fmt::format("items: {}, read as {}", of_items[0]->text->path().filename().string(),
                                     of_items[0]->shape.format));
    read.notes.push_back(read_items(*of_items[0], items));
    fields = items.columns();
  }
  for (File* file : of_users)
    read.notes.push_back(fmt::format("{} describes users, which nothing here uses: left out",
                                     file->text->path().filename().string()));
  read.has_times = !shape.time.empty();
  read.is_finer_than_seconds = read.has_times && clock.is_finer_than_seconds();
  read.columns = events.take(shape.time.empty() ? 1 : clock.units_in_second());
  read.columns.fields = std::move(fields);
  read.files = nlohmann::json::array();
  for (File& file : files)
    read.files.push_back({{"path", contract::utf8_path(file.text->path())},
                          {"format", file.shape.format},
                          {"sha256", file.text->sha256()}});
  for (const auto& file : read.files)
    if (std::count_if(read.files.begin(), read.files.end(),
                      [&](const auto& other) { return other["sha256"] == file["sha256"]; }) > 1)
      throw base::InputError(fmt::format("{} is given twice, or another file is the same: give it once",
                                         file["path"].get<std::string>()));
  return read;
}

}  // namespace pebench::data
