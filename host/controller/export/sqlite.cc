#include "host/controller/export/sqlite.h"

#include <fmt/format.h>

#include <stdexcept>
#include <string>

#include "host/base/error.h"

namespace pebench::exporting {
namespace {

/// Without a declared type SQLite keeps a value as it is given.
const char* declared(Type type) {
  switch (type) {
    case Type::integer:
      return " INTEGER";
    case Type::real:
      return " REAL";
    case Type::text:
      return " TEXT";
    case Type::any:
      return "";
  }
  return "";
}

std::string creation_of(const Table& table) {
  std::string columns, key;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    columns += fmt::format("  {}{}{},\n", column.name, declared(column.type),
                           column.refers_to ? fmt::format(" REFERENCES {}", column.refers_to) : "");
    if (i < table.key) key += fmt::format("{}{}", i == 0 ? "" : ", ", column.name);
  }
  return fmt::format("CREATE TABLE {} (\n{}  PRIMARY KEY ({})\n) WITHOUT ROWID", table.name, columns, key);
}

std::string insertion_of(const Table& table) {
  std::string places;
  for (std::size_t i = 0; i < table.columns.size(); ++i) places += i == 0 ? "?" : ", ?";
  return fmt::format("INSERT INTO {} VALUES ({})", table.name, places);
}

/// Binds a cell to a place; the text must live until the statement has run.
struct Bind {
  sqlite3_stmt* statement;
  int place;

  int operator()(std::monostate) const { return sqlite3_bind_null(statement, place); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, place, value); }
  /// SQLite makes NULL of NaN by itself, but keeps infinities.
  int operator()(double value) const {
    return value - value == 0 ? sqlite3_bind_double(statement, place, value)
                              : sqlite3_bind_null(statement, place);
  }
  int operator()(const std::string& value) const {
    return sqlite3_bind_text64(statement, place, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
};

const char* remedy(int code) {
  return (code & 0xff) == SQLITE_FULL ? "make room on the disk" : "check the path and the disk";
}

}  // namespace

SqliteSink::SqliteSink(std::filesystem::path path, const std::vector<const Table*>& tables)
    : path_(std::move(path)) {
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2(path_.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  database_.reset(opened);  // there is one to close even where it could not be opened
  require(code);
  execute(fmt::format("PRAGMA user_version = {}", schema_version));
  execute("BEGIN");
  for (const Table* table : tables) {
    execute(creation_of(*table));
    inserts_[table] = prepared(insertion_of(*table));
  }
}

void SqliteSink::add(const Table& table, const Row& row) {
  sqlite3_stmt* insert = inserts_.at(&table).get();
  for (std::size_t i = 0; i < row.size(); ++i)
    require(std::visit(Bind{insert, static_cast<int>(i) + 1}, row[i]));
  require(sqlite3_step(insert));
  require(sqlite3_reset(insert));
}

void SqliteSink::finish() {
  inserts_.clear();
  execute("COMMIT");
  database_.reset();
}

void SqliteSink::execute(const std::string& sql) { require(sqlite3_step(prepared(sql).get())); }

SqliteSink::Statement SqliteSink::prepared(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  require(sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &statement, nullptr));
  return Statement(statement);
}

/// Throws unless the code says that it went well: InputError where the machine is the reason.
void SqliteSink::require(int code) const {
  switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_DONE:
    case SQLITE_ROW:
      return;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_BUSY:
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG:
      throw base::InputError(fmt::format("cannot write {}: {}; {}", path_.string(),
                                         sqlite3_errmsg(database_.get()), remedy(code)));
    default:
      throw std::runtime_error(fmt::format("SQLite: {}", sqlite3_errmsg(database_.get())));
  }
}

}  // namespace pebench::exporting
