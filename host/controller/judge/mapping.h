#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/controller/judge/sheet.h"

namespace pebench::judge {

/// Which rows are read: those whose cell in a column matches, or does not.
struct Filter {
  std::string column;
  std::string pattern;  ///< `*` stands for any text
  bool negated = false;

  /// Reads "column=pattern" or "column!=pattern". Throws base::InputError for anything else.
  static Filter parse(const std::string& text);
  bool passes(std::string_view cell) const;
};

/// What a row of a table holds.
enum class Form {
  long_form,       ///< numbers of one run (or of a user of it), a column per metric
  wide_seeds,      ///< one metric of an encoding, a column per seed
  wide_encodings,  ///< one metric of a seed, a column per encoding
};

/// How the user says a table is to be read. Names are of columns; what is not named is looked for.
struct Mapping {
  std::optional<std::string> dataset, encoding, seed, user;
  std::optional<std::string> measure;  ///< the column that names the metric of its row
  std::vector<std::string> metrics;    ///< columns of numbers; wide forms: what the one metric is called
  std::vector<std::string> split;      ///< settings: rows with other values go into tables of their own
  std::vector<Filter> filters;
  Form form = Form::long_form;
  bool decimal_comma = false;
};

/// The columns of a sheet by what they are for.
struct Columns {
  std::optional<std::size_t> dataset, encoding, seed, user, measure;
  std::vector<std::size_t> split;
  std::vector<std::pair<std::size_t, Filter>> filters;
  std::vector<std::size_t> values;  ///< of numbers: metrics, seeds or encodings

  bool pass(const std::vector<Cell>& row) const;
};

/// Finds them. A column that was not named is known by its name: `dataset`, `encoding` or `model`, `seed`,
/// `user` or `query` and others (docs/judge.md); the other columns whose cells are numbers are values, those
/// whose cells are texts are left out. `sheet` loses the rows that the filters do not let through.
///
/// Throws base::InputError for a column that is not there, for filters that let no row through, where nothing
/// tells the encodings, where no numbers are left, and with its place for a text among numbers.
Columns find_columns(Sheet& sheet, const Mapping& mapping);

/// A sentence on what find_columns() decided.
std::string description(const Columns& columns, const Sheet& sheet, const Mapping& mapping);

}  // namespace pebench::judge
