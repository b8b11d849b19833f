#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <map>
#include <memory>
#include <vector>

#include "host/controller/export/sink.h"

namespace pebench::exporting {

/// A new SQLite database, written in one transaction; its user_version is schema_version.
class SqliteSink : public Sink {
 public:
  /// Makes the file, which must not be there. Throws InputError where it cannot.
  SqliteSink(std::filesystem::path path, const std::vector<const Table*>& tables);

  void add(const Table& table, const Row& row) override;
  void finish() override;

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

  void execute(const std::string& sql);
  Statement prepared(const std::string& sql);
  void require(int code) const;

  std::filesystem::path path_;
  std::unique_ptr<sqlite3, Close> database_;
  std::map<const Table*, Statement> inserts_;  // gone before the database is
};

}  // namespace pebench::exporting
