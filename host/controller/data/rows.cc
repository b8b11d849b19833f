#include "host/controller/data/rows.h"

#include <csv.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <simdjson.h>

#include <algorithm>
#include <exception>
#include <limits>
#include <memory>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/controller/data/lines.h"
#include "host/controller/data/python_literal.h"

namespace pebench::data {
namespace {

using Cells = std::vector<std::string_view>;
using Use = std::function<void(const Row&)>;

std::string place_of(const TextFile& file, std::int64_t line) {
  return fmt::format("{}:{}", file.path().string(), line);
}

constexpr std::size_t last = std::numeric_limits<std::size_t>::max();

/// Names for a message, not as long as whoever takes prose for a table would make them.
std::vector<Column> shown(const std::vector<Column>& names) {
  constexpr std::size_t most = 20;
  std::vector<Column> some;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i)
    some.push_back(fmt::format("{:.60}", names[i]));
  return some;
}

/// Where the wanted columns of a table stand, from 0.
std::vector<std::size_t> places(const TextFile& file, const std::vector<Column>& names,
                                const std::vector<Column>& wanted, bool ragged) {
  std::vector<std::size_t> found;
  for (const Column& column : wanted) {
    const auto at = std::find(names.begin(), names.end(), column);
    if (at == names.end() && column == "last" && ragged) {
      found.push_back(last);
      continue;
    }
    if (at == names.end())
      throw base::InputError(fmt::format("{}:1: there is no column '{}'; {}", file.path().string(), column,
                                         base::remedy(column, shown(names))));
    if (std::find(at + 1, names.end(), column) != names.end())
      throw base::InputError(
          fmt::format("{}:1: two columns are called '{}': rename one", file.path().string(), column));
    found.push_back(static_cast<std::size_t>(at - names.begin()));
  }
  return found;
}

std::vector<Column> numbers(std::size_t count) {
  std::vector<Column> names;
  for (std::size_t i = 1; i <= count; ++i) names.push_back(std::to_string(i));
  return names;
}

/// Cells of a table, row by row, to the wanted ones of them.
class Table {
 public:
  Table(const TextFile& file, const Layout& layout, const std::vector<Column>& wanted, const Use& use)
      : file_(file), header_(layout.header), ragged_(layout.ragged), wanted_(wanted), use_(use) {}

  void row(const Cells& cells, std::int64_t line) {
    if (width_ == 0) {
      width_ = cells.size();
      places_ = places(file_, header_ ? std::vector<Column>(cells.begin(), cells.end()) : numbers(width_),
                       wanted_, ragged_);
      if (header_) return;
    }
    if (ragged_ ? cells.size() < width_ : cells.size() != width_)
      throw base::InputError(fmt::format("{}: expected {} columns as in the first row, found {}",
                                         place_of(file_, line), width_, cells.size()));
    row_.line = line;
    row_.cells.clear();
    for (const std::size_t place : places_)
      row_.cells.emplace_back(place == last ? cells.back() : cells[place]);
    use_(row_);
  }

 private:
  const TextFile& file_;
  bool header_, ragged_;
  const std::vector<Column>& wanted_;
  const Use& use_;
  std::size_t width_ = 0;
  std::vector<std::size_t> places_;
  Row row_;
};

void split(std::string_view line, std::string_view separator, Cells& cells) {
  cells.clear();
  for (std::size_t from = 0;;) {
    const std::size_t end =
        separator.size() == 1 ? line.find(separator.front(), from) : line.find(separator, from);
    cells.push_back(line.substr(from, end - from));
    if (end == std::string_view::npos) return;
    from = end + separator.size();
  }
}

void read_separated(TextFile& file, const Layout& layout, const std::vector<Column>& wanted, const Use& use) {
  Table table(file, layout, wanted, use);
  Lines lines(file);
  Cells cells;
  for (std::string_view line; lines.next(line);) {
    if (line.empty()) throw base::InputError(fmt::format("{}: the line is empty: remove it", lines.place()));
    split(line, layout.separator, cells);
    table.row(cells, lines.number());
  }
}

/// libcsv calls back from C, which no exception may pass.
class Quoted {
 public:
  explicit Quoted(std::function<void(const Cells&, std::int64_t row)> use) : use_(std::move(use)) {}

  static void cell(void* text, std::size_t size, void* self) {
    auto& row = *static_cast<Quoted*>(self);
    row.ends_.push_back(row.text_.size() + size);
    row.text_.append(static_cast<const char*>(text), size);
  }
  static void row(int, void* self) { static_cast<Quoted*>(self)->finish(); }

  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void finish() {
    if (!failure_) try {
        cells_.clear();
        std::size_t from = 0;
        for (const std::size_t end : ends_) {
          cells_.push_back(std::string_view(text_).substr(from, end - from));
          from = end;
        }
        use_(cells_, ++rows_);
      } catch (...) {
        failure_ = std::current_exception();
      }
    text_.clear();
    ends_.clear();
  }

  std::function<void(const Cells&, std::int64_t row)> use_;
  std::string text_;
  std::vector<std::size_t> ends_;
  Cells cells_;
  std::int64_t rows_ = 0;
  std::exception_ptr failure_;
};

class CsvParser {
 public:
  explicit CsvParser(const Layout& layout) {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
    csv_set_delim(&parser_, static_cast<unsigned char>(layout.separator.at(0)));
    csv_set_space_func(&parser_, [](unsigned char) { return 0; });  // blanks belong to a cell
  }
  ~CsvParser() { csv_free(&parser_); }
  CsvParser(const CsvParser&) = delete;
  CsvParser& operator=(const CsvParser&) = delete;
  csv_parser* get() { return &parser_; }

 private:
  csv_parser parser_;
};

/// A line without quotes is a row by itself, which is split at once; only what has some goes through libcsv,
/// up to the end of the row.
void read_quoted(TextFile& file, const Layout& layout, const std::vector<Column>& wanted, const Use& use) {
  CsvParser parser(layout);
  Table table(file, layout, wanted, use);
  std::int64_t rows = 0;
  bool within_row = false;
  Quoted quoted([&](const Cells& cells, std::int64_t) {
    within_row = false;
    table.row(cells, ++rows);
  });
  const auto refuse = [&] {
    throw base::InputError(fmt::format(
        "{}: its quotes are not those of CSV: write \"\" for a quote within quotes, or name a format "
        "without them",
        file.path().string()));
  };
  Lines lines(file);
  Cells cells;
  for (std::string_view line; lines.next(line);) {
    if (!within_row && line.find('"') == std::string_view::npos &&
        line.find('\r') == std::string_view::npos) {
      if (line.empty()) continue;
      split(line, layout.separator, cells);
      table.row(cells, ++rows);
      continue;
    }
    within_row = true;
    for (const std::string_view part : {line, std::string_view("\n")})
      if (csv_parse(parser.get(), part.data(), part.size(), Quoted::cell, Quoted::row, &quoted) !=
          part.size())
        refuse();
    quoted.rethrow();
  }
  if (csv_fini(parser.get(), Quoted::cell, Quoted::row, &quoted) != 0) refuse();
  quoted.rethrow();
}

void read_json(TextFile& file, const Layout& layout, const std::vector<Column>& wanted, const Use& use) {
  simdjson::dom::parser parser;
  Lines lines(file);
  Row row;
  std::vector<std::string> written(wanted.size());  // numbers as texts
  for (std::string_view line; lines.next(line);) {
    simdjson::dom::element element;
    simdjson::dom::object object;
    if (parser.parse(line.data(), line.size()).get(element) != simdjson::SUCCESS ||
        element.get(object) != simdjson::SUCCESS)
      throw base::InputError(
          fmt::format("{}: not a JSON object: write one object a line, found '{:.60}'", lines.place(), line));
    row.line = lines.number();
    row.cells.assign(wanted.size(), std::nullopt);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      simdjson::dom::element value;
      if (object.at_key(wanted[i]).get(value) != simdjson::SUCCESS || value.is_null()) continue;
      std::string_view text;
      const bool may_be_list = value.is_array() && wanted[i] == layout.list;
      if (layout.scalars && !may_be_list && (value.is_array() || value.is_object() || value.is_bool()))
        throw base::InputError(fmt::format("{}: '{}' is no text and no number", lines.place(), wanted[i]));
      if (value.get(text) != simdjson::SUCCESS) {
        written[i] = simdjson::minify(value);
        text = written[i];
      }
      row.cells[i] = text;
    }
    use(row);
  }
}

void read_python(TextFile& file, const std::vector<Column>& wanted, const Use& use) {
  Lines lines(file);
  Row row;
  std::vector<std::string> written(wanted.size());
  for (std::string_view line; lines.next(line);) {
    const auto object = python_literal(line);
    if (!object || !object->is_object())
      throw base::InputError(
          fmt::format("{}: not a Python dictionary: write one a line, found '{:.60}'", lines.place(), line));
    row.line = lines.number();
    row.cells.assign(wanted.size(), std::nullopt);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const auto value = object->find(wanted[i]);
      if (value == object->end() || value->is_null()) continue;
      try {
        written[i] = value->is_string() ? value->get<std::string>() : value->dump();
      } catch (const nlohmann::json::type_error&) {
        throw base::InputError(
            fmt::format("{}: '{}' is no UTF-8: convert the file, for example with iconv -f LATIN1 -t UTF-8",
                        lines.place(), wanted[i]));
      }
      row.cells[i] = written[i];
    }
    use(row);
  }
}

}  // namespace

void read_rows(TextFile& file, const Layout& layout, const std::vector<Column>& wanted, const Use& use) {
  switch (layout.kind) {
    case Layout::Kind::quoted:
      return read_quoted(file, layout, wanted, use);
    case Layout::Kind::separated:
      return read_separated(file, layout, wanted, use);
    case Layout::Kind::json:
      return read_json(file, layout, wanted, use);
    case Layout::Kind::python:
      return read_python(file, wanted, use);
  }
}

std::vector<std::string> first_row(std::string_view begin, const Layout& layout) {
  std::vector<std::string> row;
  const std::string_view line = begin.substr(0, begin.find_first_of("\r\n"));
  if (layout.kind == Layout::Kind::quoted) {
    CsvParser parser(layout);
    Quoted quoted([&](const Cells& cells, std::int64_t number) {
      if (number == 1) row.assign(cells.begin(), cells.end());
    });
    csv_parse(parser.get(), begin.data(), begin.size(), Quoted::cell, Quoted::row, &quoted);
    quoted.rethrow();
    if (row.empty()) csv_fini(parser.get(), Quoted::cell, Quoted::row, &quoted);
    return row;
  }
  if (layout.kind == Layout::Kind::separated) {
    Cells cells;
    split(line, layout.separator, cells);
    return {cells.begin(), cells.end()};
  }
  const auto object = layout.kind == Layout::Kind::json
                          ? nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false)
                          : python_literal(line).value_or(nullptr);
  if (object.is_object())
    for (const auto& [key, value] : object.items()) row.push_back(key);
  return row;
}

}  // namespace pebench::data
