#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace pebench::exporting {

/// What stands in a cell: nothing, or a value. Numbers that are not finite count as nothing.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

/// Cells in the order of a table's columns.
using Row = std::vector<Cell>;

enum class Type {
  integer,
  real,
  text,
  any,  ///< a number or a text, row by row
};

struct Column {
  const char* name;
  Type type;
  const char* refers_to = nullptr;  ///< the table whose key it is, if it is another's
};

struct Table {
  const char* name;
  std::size_t key;  ///< so many of the first columns name a row
  std::vector<Column> columns;
};

/// All tables (docs/export.md, Tables). A table comes behind those that it refers to.
struct Schema {
  Table suite, trial, setting, metric, baseline_metric, epoch, epoch_metric;
  Table ranked_set, rank, recommendation;  ///< these only where ranks are wanted

  std::vector<const Table*> tables(bool with_ranks) const;
};

const Schema& schema();

/// Raised whenever a table or a column goes, or what it holds changes.
constexpr int schema_version = 1;

}  // namespace pebench::exporting
