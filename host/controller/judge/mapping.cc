#include "host/controller/judge/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/controller/judge/number.h"

namespace pebench::judge {
namespace {

using Words = std::vector<std::string>;

/// Names by which columns are known, the first of them first.
const Words dataset_names = {"dataset", "data_set", "data set", "data"};
const Words encoding_names = {"encoding", "model", "method", "name", "system", "algorithm"};
const Words seed_names = {"seed", "random_seed", "run", "trial", "repeat"};
const Words user_names = {"user", "user_id", "query", "query_id", "qid", "fold"};
const Words measure_names = {"measure", "metric"};
/// What libraries of tables call the numbers of their rows.
const Words index_names = {"", "unnamed: 0", "index"};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

bool is_one_of(const std::string& name, const Words& words) {
  return std::find(words.begin(), words.end(), lower(name)) != words.end();
}

bool matches(std::string_view pattern, std::string_view text) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  if (text.substr(0, star) != pattern.substr(0, star)) return false;
  pattern.remove_prefix(star + 1);
  for (std::size_t at = star; at <= text.size(); ++at)
    if (matches(pattern, text.substr(at))) return true;
  return false;
}

class ColumnFinder {
 public:
  ColumnFinder(Sheet& sheet, const Mapping& mapping) : sheet_(sheet), mapping_(mapping) {}

  Columns find() {
    check_form();
    apply_filters();
    take_named();
    if (!columns_.dataset) columns_.dataset = known(dataset_names);
    if (!columns_.user) columns_.user = known(user_names);
    if (!columns_.encoding && mapping_.form != Form::wide_encodings)
      columns_.encoding = known(encoding_names);
    if (!columns_.seed && mapping_.form != Form::wide_seeds) columns_.seed = known(seed_names);
    if (!columns_.measure) columns_.measure = known_measure();
    if (!columns_.encoding && mapping_.form != Form::wide_encodings) refuse_without_encoding();
    find_values();
    return std::move(columns_);
  }

 private:
  void check_form() const {
    if (mapping_.form == Form::wide_encodings && mapping_.encoding)
      throw base::InputError(
          "--encoding names a column, but with --wide encodings every column of numbers is an "
          "encoding; leave one of them out");
    if (mapping_.form == Form::wide_seeds && mapping_.seed)
      throw base::InputError(
          "--seed names a column, but with --wide seeds every column of numbers is a seed; "
          "leave one of them out");
    if (mapping_.form != Form::long_form && mapping_.metrics.size() > 1)
      throw base::InputError("--wide has one metric, which --metric names; --metric is given more than once");
  }

  void apply_filters() {
    for (const Filter& filter : mapping_.filters)
      columns_.filters.emplace_back(column_named(filter.column, "--where"), filter);
    const auto gone = [this](const std::vector<Cell>& row) { return !columns_.pass(row); };
    const std::vector<std::vector<Cell>> before = sheet_.rows;
    sheet_.rows.erase(std::remove_if(sheet_.rows.begin(), sheet_.rows.end(), gone), sheet_.rows.end());
    if (!sheet_.rows.empty()) return;
    if (before.empty())
      throw base::InputError(fmt::format("{} has no rows, only names of columns", sheet_.file));
    const auto& [column, filter] = columns_.filters.front();
    std::set<std::string> values;
    for (const auto& row : before) values.insert(row[column].text);
    throw base::InputError(fmt::format("no row of {} passes every --where; {} holds {}", sheet_.file,
                                       filter.column, listed({values.begin(), values.end()})));
  }

  void take_named() {
    columns_.dataset = taken(mapping_.dataset, "--dataset");
    columns_.encoding = taken(mapping_.encoding, "--encoding");
    columns_.seed = taken(mapping_.seed, "--seed");
    columns_.user = taken(mapping_.user, "--user");
    columns_.measure = taken(mapping_.measure, "--measure");
    for (const std::string& name : mapping_.split) columns_.split.push_back(*taken(name, "--split"));
    if (mapping_.form == Form::long_form)
      for (const std::string& name : mapping_.metrics) columns_.values.push_back(*taken(name, "--metric"));
  }

  std::size_t column_named(const std::string& name, const char* option) const {
    const Words names = sheet_.names();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
      throw base::InputError(fmt::format("{} {}: {} has no such column; {}", option, in_quotes(name),
                                         sheet_.file, base::remedy(name, names)));
    return static_cast<std::size_t>(found - names.begin());
  }

  /// The column that an option names, which then is no other's.
  std::optional<std::size_t> taken(const std::optional<std::string>& name, const char* option) {
    if (!name) return std::nullopt;
    const std::size_t column = column_named(*name, option);
    if (!taken_.insert(column).second)
      throw base::InputError(fmt::format("{} {}: this column has another use already; name each column once",
                                         option, in_quotes(*name)));
    return column;
  }

  /// A column by its own name, the first of `words` that there is.
  std::optional<std::size_t> known(const Words& words) {
    for (const std::string& word : words)
      for (std::size_t column = 0; column < sheet_.header.size(); ++column)
        if (lower(sheet_.header[column].text) == word && taken_.insert(column).second) return column;
    return std::nullopt;
  }

  std::optional<std::size_t> known_measure() {
    // A column of numbers may well be called "metric".
    for (std::size_t column = 0; column < sheet_.header.size(); ++column)
      if (is_one_of(sheet_.header[column].text, measure_names) && first_number(column) == nullptr &&
          taken_.insert(column).second)
        return column;
    return std::nullopt;
  }

  void find_values() {
    if (columns_.values.empty())
      for (std::size_t column = 0; column < sheet_.header.size(); ++column)
        if (may_be_value(column) && first_number(column) != nullptr) columns_.values.push_back(column);
    for (const std::size_t column : columns_.values) check_numbers(column);
    if (columns_.values.empty())
      throw base::InputError(fmt::format("no column of {} holds numbers; its columns are {}", sheet_.file,
                                         listed(sheet_.names())));
    if (columns_.measure && mapping_.form == Form::long_form && columns_.values.size() > 1)
      throw base::InputError(
          fmt::format("{} names the metric of every row, but {} hold numbers; give --metric with one of them",
                      in_quotes(sheet_.header[*columns_.measure].text), listed(names_of(columns_.values))));
  }

  bool may_be_value(std::size_t column) const {
    const std::string& name = sheet_.header[column].text;
    if (taken_.count(column) != 0 || is_one_of(name, index_names)) return false;
    for (const auto& filter : columns_.filters)
      if (filter.first == column) return false;
    if (mapping_.form != Form::long_form) return true;
    // A second column of this kind, as `run` beside `seed`, is no metric.
    for (const Words* words : {&dataset_names, &encoding_names, &seed_names, &user_names})
      if (is_one_of(name, *words)) return false;
    return true;
  }

  const Cell* first_number(std::size_t column) const {
    for (const auto& row : sheet_.rows)
      if (number_of(row[column].text, mapping_.decimal_comma)) return &row[column];
    return nullptr;
  }

  void check_numbers(std::size_t column) const {
    for (const auto& row : sheet_.rows) {
      const Cell& cell = row[column];
      if (says_nothing(cell.text) || number_of(cell.text, mapping_.decimal_comma)) continue;
      refuse(sheet_.file, cell,
             fmt::format("{} holds {} where a number belongs{}{}", in_quotes(sheet_.header[column].text),
                         in_quotes(cell.text), number_remedy(cell.text, mapping_.decimal_comma),
                         mapping_.form == Form::long_form && mapping_.metrics.empty()
                             ? ", or name the columns of numbers with --metric"
                             : ""));
    }
  }

  Words names_of(const std::vector<std::size_t>& columns) const {
    Words names;
    for (const std::size_t column : columns) names.push_back(sheet_.header[column].text);
    return names;
  }

  [[noreturn]] void refuse_without_encoding() const {
    throw base::InputError(fmt::format(
        "{}: which column names the encodings (models, methods) is not clear; give --encoding with "
        "one of {}",
        sheet_.file, listed(sheet_.names())));
  }

  Sheet& sheet_;
  const Mapping& mapping_;
  Columns columns_;
  std::set<std::size_t> taken_;
};

}  // namespace

Filter Filter::parse(const std::string& text) {
  const std::size_t equals = text.find('=');
  const bool negated = equals != std::string::npos && equals > 0 && text[equals - 1] == '!';
  const std::size_t end = negated ? equals - 1 : equals;
  if (equals == std::string::npos || end == 0)
    throw base::InputError(fmt::format(
        "--where {}: expected COLUMN=PATTERN or COLUMN!=PATTERN, as in \"dataset=beauty\" or \"model!=old*\"",
        in_quotes(text)));
  return {text.substr(0, end), text.substr(equals + 1), negated};
}

bool Filter::passes(std::string_view cell) const { return matches(pattern, cell) != negated; }

bool Columns::pass(const std::vector<Cell>& row) const {
  return std::all_of(filters.begin(), filters.end(),
                     [&row](const auto& filter) { return filter.second.passes(row[filter.first].text); });
}

Columns find_columns(Sheet& sheet, const Mapping& mapping) { return ColumnFinder(sheet, mapping).find(); }

std::string description(const Columns& columns, const Sheet& sheet, const Mapping& mapping) {
  Words parts;
  std::set<std::size_t> used;
  const auto add = [&](const char* what, std::size_t column) {
    used.insert(column);
    parts.push_back(fmt::format("{} in {}", what, in_quotes(sheet.header[column].text)));
  };
  if (columns.dataset) add("data sets", *columns.dataset);
  if (columns.encoding) add("encodings", *columns.encoding);
  if (columns.seed) add("seeds", *columns.seed);
  if (columns.user) add("users", *columns.user);
  if (columns.measure) add("names of metrics", *columns.measure);
  for (const std::size_t column : columns.split) add("a setting", column);
  for (const auto& filter : columns.filters) used.insert(filter.first);

  Words values, unused;
  for (const std::size_t column : columns.values) {
    used.insert(column);
    values.push_back(sheet.header[column].text);
  }
  const char* what = mapping.form == Form::wide_seeds ? "a seed each" : "an encoding each";
  if (mapping.form == Form::long_form) what = columns.measure ? "numbers" : "metrics";
  parts.push_back(fmt::format("{} in {}", what, listed(values)));
  for (std::size_t column = 0; column < sheet.header.size(); ++column)
    if (used.count(column) == 0 && !sheet.header[column].text.empty())
      unused.push_back(sheet.header[column].text);
  return fmt::format("columns: {}{}", fmt::join(parts, ", "),
                     unused.empty() ? "" : "; not used: " + listed(unused));
}

}  // namespace pebench::judge
