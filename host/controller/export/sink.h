#pragma once

#include "host/controller/export/table.h"

namespace pebench::exporting {

/// Takes the rows of tables in.
class Sink {
 public:
  virtual ~Sink() = default;

  /// A cell for every column of the table, which is one of those that the sink was made for. Throws
  /// InputError with the system's reason where it cannot be written.
  virtual void add(const Table& table, const Row& row) = 0;
  /// Brings all rows to the disk; without it they may be there in part. Throws likewise.
  virtual void finish() = 0;
};

}  // namespace pebench::exporting
