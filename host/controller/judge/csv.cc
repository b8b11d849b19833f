#include "host/controller/judge/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "host/base/error.h"

namespace pebench::judge {
namespace {

using Row = std::vector<Cell>;

class CsvReader {
 public:
  CsvReader(std::string_view text, const std::string& file, char delimiter)
      : text_(text), file_(file), delimiter_(delimiter) {}

  /// The next row that has something on it; false at the end.
  bool next(Row& row) {
    while (at_ < text_.size()) {
      row.clear();
      do row.push_back(field());
      while (take_delimiter());
      take_line_end();
      // Spreadsheets fill up with rows of nothing but delimiters.
      if (!std::all_of(row.begin(), row.end(), [](const Cell& cell) { return cell.text.empty(); }))
        return true;
    }
    return false;
  }

 private:
  Cell field() {
    skip_blanks();
    Cell cell{{}, line_, column_};
    if (!at_end() && text_[at_] == '"') {
      quotation(cell);
      return cell;
    }
    while (!at_field_end()) cell.text += take();
    while (!cell.text.empty() && is_blank(cell.text.back())) cell.text.pop_back();
    return cell;
  }

  void quotation(Cell& cell) {
    take();
    for (;;) {
      if (at_end()) refuse(file_, cell, "this quotation has no end; add a '\"'");
      const char c = take();
      if (c != '"')
        cell.text += c;
      else if (!at_end() && text_[at_] == '"')
        cell.text += take();
      else
        break;
    }
    skip_blanks();
    if (!at_field_end())
      refuse(file_, {{}, line_, column_},
             "text behind a quotation; write a '\"' within one twice, or put the whole field in quotation "
             "marks");
  }

  bool at_end() const { return at_ == text_.size(); }
  bool at_line_end() const { return at_end() || text_[at_] == '\n' || text_[at_] == '\r'; }
  bool at_field_end() const { return at_line_end() || text_[at_] == delimiter_; }
  bool is_blank(char c) const { return (c == ' ' || c == '\t') && c != delimiter_; }

  void skip_blanks() {
    while (!at_end() && is_blank(text_[at_])) take();
  }

  bool take_delimiter() {
    if (at_end() || text_[at_] != delimiter_) return false;
    take();
    return true;
  }

  void take_line_end() {
    if (at_end()) return;
    const bool carriage_return = text_[at_] == '\r';
    if (carriage_return && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    take();
    if (carriage_return && text_[at_ - 1] == '\r') new_line();
  }

  char take() {
    const char c = text_[at_++];
    const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;  // a character of several bytes
    if (!continues) ++column_;
    if (c == '\n') new_line();
    return c;
  }

  void new_line() {
    ++line_;
    column_ = 1;
  }

  std::string_view text_;
  const std::string& file_;
  char delimiter_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1, column_ = 1;
};

char detected_delimiter(std::string_view text) {
  constexpr std::string_view known = ",;\t";
  std::size_t counts[known.size()] = {};
  bool within = false;
  for (const char c : text) {
    if (c == '"') within = !within;
    if (within) continue;
    if (c == '\n' || c == '\r') break;
    if (const std::size_t which = known.find(c); which != std::string_view::npos) ++counts[which];
  }
  return known[static_cast<std::size_t>(std::max_element(std::begin(counts), std::end(counts)) - counts)];
}

std::string_view without_mark(std::string_view text, const std::string& file) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.substr(0, mark.size()) == mark) text.remove_prefix(mark.size());
  if (text.find('\0') != std::string_view::npos)
    throw base::InputError(fmt::format(
        "{}: this is no text in UTF-8 (it holds zero bytes, as UTF-16 does); save it as CSV in UTF-8", file));
  return text;
}

std::string_view without_empty_lines(std::string_view text) {
  return text.substr(std::min(text.size(), text.find_first_not_of(" \r\n")));
}

void check_names(const Sheet& sheet) {
  std::set<std::string> seen;
  for (const Cell& cell : sheet.header)
    if (!cell.text.empty() && !seen.insert(cell.text).second)
      refuse(sheet.file, cell, fmt::format("two columns are called {}; rename one", in_quotes(cell.text)));
}

}  // namespace

Sheet read_csv(std::string_view text, const std::string& file, std::optional<char> delimiter) {
  text = without_mark(text, file);
  const char between = delimiter.value_or(detected_delimiter(without_empty_lines(text)));
  CsvReader reader(text, file, between);
  Sheet sheet{file, {}, {}};
  if (!reader.next(sheet.header))
    throw base::InputError(fmt::format("{} is empty; it needs a line of column names and rows", file));
  check_names(sheet);
  Row row;
  while (reader.next(row)) {
    if (row.size() != sheet.header.size())
      refuse(file, row.front(),
             fmt::format("{} fields, but {} columns have a name; put text that holds the delimiter '{}' in "
                         "quotation marks",
                         row.size(), sheet.header.size(), between == '\t' ? "\\t" : std::string(1, between)));
    sheet.rows.push_back(row);
  }
  return sheet;
}

}  // namespace pebench::judge
