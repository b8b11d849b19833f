#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/controller/data/text_file.h"

namespace pebench::data {

/// How a text file holds rows.
struct Layout {
  enum class Kind {
    quoted,     ///< separated by one character, RFC 4180's quotes: a cell may hold separators and line breaks
    separated,  ///< separated by a text, no quotes
    json,       ///< an object a line
    python      ///< a Python dictionary a line, as repr() writes it
  };
  Kind kind = Kind::quoted;
  std::string separator = ",";
  bool header = true;    ///< whether the first row names the columns
  bool scalars = false;  ///< of objects: whether lists, objects and truth values are refused
  bool ragged =
      false;  ///< whether a cell in the middle may hold the separator; the column "last" is the last one
  std::string list = {};  ///< of objects: the key whose value may be a list all the same
};

/// A value of a row by the name of its column or key, or by its column's number from 1 where there is no
/// header.
using Column = std::string;

/// A row's values of the wanted columns; a view lasts until the next row.
struct Row {
  std::vector<std::optional<std::string_view>> cells;  ///< nothing where the row has no such key, or null
  std::int64_t line = 0;                               ///< on which it ends
};

/// Calls use() for every row, the header apart. `wanted`: the columns that use() is given, in this order.
/// Throws InputError for a row that cannot be read, or where the file has no such column; keys of objects may
/// be missing.
void read_rows(TextFile& file, const Layout& layout, const std::vector<Column>& wanted,
               const std::function<void(const Row&)>& use);

/// The cells of the first row, or the keys of the first object, of a file that begins with this text; none
/// where it is not of this layout.
std::vector<std::string> first_row(std::string_view begin, const Layout& layout);

}  // namespace pebench::data
